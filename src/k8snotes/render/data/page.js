"use strict";
(() => {
  const MOST_SHOWN = 300, AROUND = 36;
  const INVISIBLE = /[\u00ad\u180e\u200b\u200c\u2060\ufe0e\ufe0f\ufeff]/;
  const input = document.getElementById("q"), count = document.getElementById("count");
  const list = document.getElementById("hits"), contents = document.getElementById("contents");

  // Pairs: a character, and the one that it is looked for as.
  const pairs = [...JSON.parse(document.getElementById("fold").textContent)];
  const table = new Map();
  for (let at = 0; at < pairs.length; at += 2) table.set(pairs[at], pairs[at + 1]);
  const known = new Map();
  const foldOne = (character) => {
    let folded = known.get(character);
    if (folded === undefined) {
      const plain = INVISIBLE.test(character) ? "" : (table.get(character) ?? character).normalize("NFKD").toLowerCase();
      folded = [...plain].map((one) => table.get(one) ?? one).join("");
      known.set(character, folded);
    }
    return folded;
  };
  const fold = (text) => { let folded = ""; for (const one of text) folded += foldOne(one); return folded; };
  // For each unit of the folded text, and for its end, where in the text it comes from.
  const origins = (text) => {
    const found = [];
    let at = 0;
    for (const one of text) {
      for (let unit = foldOne(one).length; unit > 0; unit--) found.push(at);
      at += one.length;
    }
    found.push(at);
    return found;
  };

  const texts = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
        : node.classList.contains("ui") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  const passages = [];
  for (const element of document.querySelectorAll("main :is(h2, h4, h5, h6, p, li, pre, td, th):not(.ui, .themes li)")) {
    const text = texts(element).map((node) => node.data).join("");
    if (text.trim()) passages.push({ element, text, folded: fold(text) });
  }

  let hits = [], now = -1;

  const spans = (passage, words) => {
    const from = origins(passage.text), found = [];
    for (const word of words) {
      for (let at = passage.folded.indexOf(word); at >= 0; at = passage.folded.indexOf(word, at + word.length)) {
        let stop = at + word.length;
        while (stop < passage.folded.length && from[stop] === from[at + word.length - 1]) stop++;
        found.push([from[at], from[stop]]);
      }
    }
    return found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  };

  const highlight = () => {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = [];
    for (const hit of hits.slice(0, MOST_SHOWN)) {
      const nodes = texts(hit.element);
      for (const [start, stop] of hit.spans) {
        let begin = 0;
        for (const node of nodes) {
          const end = begin + node.data.length;
          if (start < end && stop > begin) {
            const range = new Range();
            range.setStart(node, Math.max(start - begin, 0));
            range.setEnd(node, Math.min(stop, end) - begin);
            ranges.push(range);
          }
          begin = end;
        }
      }
    }
    CSS.highlights.set("hit", new Highlight(...ranges));
  };

  const snippet = (hit) => {
    const shown = document.createElement("span"), first = hit.spans[0][0];
    const start = Math.max(0, first - AROUND), stop = Math.min(hit.text.length, first + 3 * AROUND);
    let at = start;
    if (start > 0) shown.append("…");
    for (const [from, to] of hit.spans) {
      if (from < at || to > stop) continue;
      const mark = document.createElement("mark");
      mark.textContent = hit.text.slice(from, to);
      shown.append(hit.text.slice(at, from), mark);
      at = to;
    }
    shown.append(hit.text.slice(at, stop) + (stop < hit.text.length ? "…" : ""));
    return shown;
  };

  const tell = () => {
    const lessons = new Set(hits.map((hit) => hit.element.closest("main > article"))).size;
    count.textContent = !input.value.trim() ? "" : !hits.length ? "没有找到"
      : (now < 0 ? "" : `${now + 1} / `) + `${hits.length} 处，${lessons} 课`;
  };

  const search = () => {
    const words = [...new Set(fold(input.value).split(/\s+/).filter(Boolean))];
    document.querySelector(".now")?.classList.remove("now");
    now = -1;
    hits = words.length === 0 ? [] : passages
      .filter((passage) => words.every((word) => passage.folded.includes(word)))
      .map((passage) => ({ ...passage, spans: spans(passage, words) }));
    list.replaceChildren(...hits.slice(0, MOST_SHOWN).map((hit, at) => {
      const item = document.createElement("li"), link = document.createElement("a"), lesson = document.createElement("b");
      const article = hit.element.closest("main > article");
      link.href = `#${article.id}`;
      lesson.textContent = article.querySelector("h2").textContent;
      link.append(lesson, snippet(hit));
      link.addEventListener("click", (event) => { event.preventDefault(); go(at); });
      item.append(link);
      return item;
    }));
    list.hidden = hits.length === 0;
    list.scrollTop = 0;
    highlight();
    tell();
  };

  const go = (at) => {
    if (!hits.length) return;
    const most = Math.min(hits.length, MOST_SHOWN);
    document.querySelector(".now")?.classList.remove("now");
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    now = (at + most) % most;
    const { element } = hits[now], link = list.children[now].firstChild;
    for (let outer = element.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    element.classList.add("now");
    link.setAttribute("aria-current", "true");
    list.scrollTop = link.offsetTop - list.offsetTop - list.clientHeight / 3;
    const header = document.querySelector("header").getBoundingClientRect().bottom;
    const { top } = element.getBoundingClientRect();
    window.scrollBy({ top: top - header - (window.innerHeight - header) / 4 });
    tell();
  };

  const ask = (words) => { input.value = words; search(); };
  const askTheAddress = () => {
    if (!location.hash.startsWith("#q=")) return;
    try { ask(decodeURIComponent(location.hash.slice(3))); } catch { ask(""); }
  };

  let waiting = 0;
  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(search, 80);
  });
  input.addEventListener("compositionend", search);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isInInput = document.activeElement === input;
    if (event.key === "/" && !isInInput) { input.focus(); input.select(); }
    else if (event.key === "Escape" && (isInInput || hits.length)) { ask(""); input.blur(); }
    else if (isInInput && event.key === "Enter") { clearTimeout(waiting); if (now < 0) search(); go(event.shiftKey ? now - 1 : now + 1); }
    else if (isInInput && event.key === "ArrowDown") go(now + 1);
    else if (isInInput && event.key === "ArrowUp") go(now < 0 ? -1 : now - 1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const theme = event.target.closest?.(".themes button");
    if (theme) { ask(theme.firstChild.data); input.focus({ preventScroll: true }); }
  });
  window.addEventListener("hashchange", askTheAddress);
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  if (window.matchMedia("(min-width: 60rem)").matches) contents.open = true;
  document.getElementById("search").hidden = false;
  askTheAddress();
})();
