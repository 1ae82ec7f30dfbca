"use client";

import { type DragEvent, useId, useRef, useState } from "react";
import { Button } from "./button";
import { FieldHelp } from "./field";

type Props = {
  label: string;
  /** File endings and types: ".csr,.pem". */
  accept?: string;
  help?: string;
  /** Larger files are not read at all. */
  maxBytes?: number;
  /** What to do about a file that is larger. */
  whenTooLarge?: string;
  onText: (text: string, fileName: string) => void;
};

/** Takes one text file, dropped or chosen, and hands over what is in it. */
export function FileDrop({
  label,
  accept,
  help,
  maxBytes = 64_000,
  whenTooLarge = "Choose the request itself, in PEM.",
  onText,
}: Props) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [error, setError] = useState<string>();

  async function take(file: File | undefined) {
    if (!file) return;
    if (file.size > maxBytes) {
      setError(`${file.name} is larger than ${Math.floor(maxBytes / 1_000)} kB. ${whenTooLarge}`);
      return;
    }
    setError(undefined);
    onText(await file.text(), file.name);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  }

  return (
    <div>
      <div
        className="drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button size="s" icon="upload" aria-describedby={id} onClick={() => input.current?.click()}>
          {label}
        </Button>
        <span className="x3 t12">or drop it here</span>
        <input
          ref={input}
          type="file"
          accept={accept}
          hidden
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      <FieldHelp id={id} help={help} error={error} />
    </div>
  );
}
