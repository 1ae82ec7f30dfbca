"use client";

import { useState } from "react";
import { IconButton } from "./button";
import { cx } from "./cx";
import { useToast } from "./toast";

type Props = { text: string; label: string; variant?: "quiet" | "outline" };

/** Copies a value. The tick and the spoken word say that it happened. */
export function CopyButton({ text, label, variant = "quiet" }: Props) {
  const [isCopied, setCopied] = useState(false);
  const toast = useToast();

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1_600);
    } catch {
      toast.add({ title: "The browser did not allow copying", detail: "Select the text and copy it yourself." });
    }
  }

  return (
    <>
      <IconButton
        icon={isCopied ? "check" : "copy"}
        label={isCopied ? "Copied" : label}
        variant={variant}
        onClick={copy}
      />
      <span className="vh" role="status">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  );
}

type CopyTextProps = {
  text: string;
  /** What is shown instead of the whole: both ends of a serial. The whole is copied. */
  shown?: string;
  label: string;
};

/** A value people compare or copy: mono, with its button. */
export function CopyText({ text, shown, label }: CopyTextProps) {
  return (
    <span className="copyt">
      <span className={cx("mono", shown ? "nw" : "anywhere")} title={shown ? text : undefined}>
        {shown ?? text}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  );
}

type CodeBlockProps = { text: string; label: string /** Long texts scroll inside 320 px. */; isTall?: boolean };

/** A command or a PEM, to be copied whole. */
export function CodeBlock({ text, label, isTall }: CodeBlockProps) {
  return (
    <div className={cx("codeb", isTall && "codeb--tall")}>
      <pre className="code" tabIndex={isTall ? 0 : undefined}>
        {text}
      </pre>
      <CopyButton text={text} label={label} variant="outline" />
    </div>
  );
}
