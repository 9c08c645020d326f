"""Run by a Python that has Anki: a list of steps on standard input, what came of each on standard output.

{"import": FILE} · {"answer": GUID} · {"edit": [GUID, FIELD, TEXT]} · {"notes": true}
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import anki.lang  # type: ignore[import-not-found]
from anki.collection import Collection, ImportCsvRequest  # type: ignore[import-not-found]


def note_of(collection: Any, guid: str) -> Any:
    return collection.get_note(collection.db.scalar("select id from notes where guid = ?", guid))


def imported(collection: Any, path: str) -> Any:
    request = ImportCsvRequest(path=path, metadata=collection.get_csv_metadata(path, None))
    log = collection.import_csv(request).log
    kinds = (
        "new",
        "updated",
        "duplicate",
        "conflicting",
        "first_field_match",
        "missing_notetype",
        "empty_first_field",
    )
    return {kind: len(getattr(log, kind)) for kind in kinds}


def answered(collection: Any, guid: str) -> Any:
    card = note_of(collection, guid).cards()[0]
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)
    answer = collection.sched.build_answer(card=card, states=states, rating=3)
    collection.sched.answer_card(answer)
    return None


def edited(collection: Any, guid: str, field: int, text: str) -> None:
    note = note_of(collection, guid)
    note.fields[field] = text
    collection.update_note(note)


def notes(collection: Any) -> list[Any]:
    found = []
    for id_ in sorted(collection.find_notes("")):
        note = collection.get_note(id_)
        cards = note.cards()
        found.append(
            {
                "guid": note.guid,
                "type": note.note_type()["name"],
                "fields": note.fields,
                "tags": note.tags,
                "decks": [collection.decks.name(card.did) for card in cards],
                "answers": [card.reps for card in cards],
                "questions": [card.render_output().question_text for card in cards],
                "sides": [card.render_output().answer_text for card in cards],
                "sounds": sum(len(card.render_output().question_av_tags) for card in cards),
            }
        )
    return found


def main() -> None:
    language, steps = json.load(sys.stdin)
    anki.lang.set_lang(language)
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder, "collection.anki2")))
        results: list[Any] = []
        for step in steps:
            match step:
                case {"import": path}:
                    results.append(imported(collection, path))
                case {"answer": guid}:
                    results.append(answered(collection, guid))
                case {"edit": [guid, field, text]}:
                    results.append(edited(collection, guid, field, text))
                case {"notes": _}:
                    results.append(notes(collection))
        collection.close()
    json.dump(results, sys.stdout)


main()
