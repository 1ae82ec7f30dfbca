"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "./button";
import { Icon } from "./icon";

type Props = {
  label: string;
  placeholder?: string;
  name?: string;
  /** The search in force; when it changes from outside, the field follows. */
  value: string;
  /** Told 200 ms after the last key, and at once on Enter. */
  onSearch: (query: string) => void;
  /** The filters in force, as `Chip`s. */
  chips?: ReactNode;
};

const pauseMs = 200;

/** The search of a list, with its filters as chips inside. `/` goes here. */
export function SearchField({ label, placeholder, name = "q", value, onSearch, chips }: Props) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);

  // The address changed elsewhere (back, a removed chip): follow it, but never while the person types.
  if (seen !== value) {
    setSeen(value);
    if (value !== text.trim() && (typeof document === "undefined" || document.activeElement !== input.current)) {
      setText(value);
    }
  }
  useEffect(() => () => clearTimeout(timer.current), []);

  function type(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), pauseMs);
  }

  function searchNow(next: string) {
    clearTimeout(timer.current);
    setText(next);
    onSearch(next.trim());
  }

  return (
    <form
      className="inp q"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        searchNow(text);
      }}
    >
      <Icon name="search" />
      {chips && <div className="q__c">{chips}</div>}
      <input
        ref={input}
        type="search"
        name={name}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        data-search
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (text) searchNow("");
          else event.currentTarget.blur();
        }}
      />
      {text ? (
        <IconButton icon="x" label="Clear the search" tooltip="none" onClick={() => searchNow("")} />
      ) : (
        <kbd className="kbd m-hide" aria-hidden="true">
          /
        </kbd>
      )}
    </form>
  );
}
