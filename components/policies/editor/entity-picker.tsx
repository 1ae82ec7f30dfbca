"use client";

import { Icon } from "@/components/ui/icon";
import { type EntityUid, writeUid } from "@/server/engines/cedar/values/uid";
import { useEditor } from "./editor-context";
import type { KnownEntity } from "./known";
import { type Choice, Picker } from "@/components/ui/picker";

type Props = {
  /** What it is for: "Who", "value". */
  label: string;
  /** Types that it may be of. Anything known is offered where none is given. */
  types: readonly string[];
  value: EntityUid | null;
  onChoose: (uid: EntityUid) => void;
  /** For the focus to be put there. */
  mark?: string;
};

/** Everything known of some types, by type, with a search; and what is not known, by its name. */
export function EntityPicker({ label, types, value, onChoose, mark }: Props) {
  const { known, isReadOnly } = useEditor();
  const words = value ? `${value.type} ${nameOf(value, known)}` : "Choose";
  if (isReadOnly) return <span className="pl pl--t">{words}</span>;

  const offered = () =>
    known
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .toSorted((a, b) => types.indexOf(a.type) - types.indexOf(b.type));

  /** A name that is not known is one of the type that is there, or of the first that can be. */
  function unknown(id: string): EntityUid | null {
    const type = value && types.includes(value.type) ? value.type : (types[0] ?? value?.type);
    return type ? { type, id } : null;
  }

  return (
    <Picker
      label={label}
      choices={() => offered().map(choiceOf)}
      other={(text) => {
        const uid = unknown(text);
        return (
          uid && { key: `${NEW}${text}`, label: `Use “${text}”`, words: text, detail: uid.type, group: "Not known yet" }
        );
      }}
      onChoose={(key) => {
        const isNew = key.startsWith(NEW);
        const uid = isNew ? unknown(key.slice(NEW.length)) : known.find((one) => writeUid(one) === key);
        if (uid) onChoose({ type: uid.type, id: uid.id });
      }}
      trigger={
        <button className="pl pl--t" type="button" data-mark={mark} aria-label={`${label}: ${words}`}>
          {value ? (
            <>
              <span className="x3 w4">{value.type}</span>
              <span className="cut">{nameOf(value, known)}</span>
            </>
          ) : (
            <span>Choose</span>
          )}
          <Icon name="down" size={12} />
        </button>
      }
    />
  );
}

/** Before the name of what is not known: no name of a type begins so. */
const NEW = "new ";

function choiceOf({ type, id, label }: KnownEntity): Choice {
  const words = `${label ?? ""} ${id} ${type}`;
  return { key: writeUid({ type, id }), label: label ?? id, words, detail: label ? id : undefined, group: type };
}

function nameOf({ type, id }: EntityUid, known: readonly KnownEntity[]): string {
  return known.find((one) => one.type === type && one.id === id)?.label ?? (id === "" ? "(no name)" : id);
}
