import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Node, parseSync } from "oxc-parser";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** One import or re-export of a module. */
export interface Import {
  /** A path in the checkout (`server/kernel/permit.ts`), or a package (`zod`, `node:fs`). */
  readonly target: string;
  readonly isPackage: boolean;
  /** Nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
  /** Names that are imported; `*` for all, `default` for the default. */
  readonly names: readonly string[];
  readonly line: number;
}

/** Something that a file uses without importing it: `Date.now`, `new Date()`, `process.env`, `process`. */
export interface Use {
  readonly what: string;
  readonly line: number;
}

/** One file of the source, as the rules look at it. */
export interface SourceFile {
  /** Relative to the checkout, with slashes. */
  readonly path: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  /** Every statement is a re-export. */
  readonly isBarrel: boolean;
}

/** Parses every TypeScript file of these folders and root files. */
export function readSourceFiles(places: readonly string[]): SourceFile[] {
  return places.flatMap(listTypeScript).map((path) => parseSource(path, readFileSync(join(ROOT, path), "utf8")));
}

/**
 * Parses one file.
 *
 * @throws when it does not parse: a file that is not understood is not checked
 */
export function parseSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  const imports: Import[] = [];
  const add = (specifier: string, offset: number, isTypeOnly: boolean, names: readonly string[]) => {
    imports.push({ ...resolveFrom(path, specifier), isTypeOnly, names, line: lineOf(offset) });
  };

  for (const { moduleRequest, entries, start } of module.staticImports) {
    const isTypeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    add(
      moduleRequest.value,
      start,
      isTypeOnly,
      entries.map((entry) => nameOf(entry.importName)),
    );
  }
  for (const { entries, start } of module.staticExports) {
    for (const entry of entries) {
      if (entry.moduleRequest) add(entry.moduleRequest.value, start, entry.isType, [nameOf(entry.importName)]);
    }
  }
  const uses: Use[] = [];
  visit(program, (node, parent) => {
    const lazy = lazyImportOf(node);
    if (lazy) add(lazy.specifier, node.start, lazy.isTypeOnly, ["*"]);
    const what = useOf(node, parent);
    if (what) uses.push({ what, line: lineOf(node.start) });
  });
  return {
    path,
    isTest: /\.test\.tsx?$|\/test-[a-z-]+\.tsx?$/.test(path),
    imports,
    uses,
    isBarrel: isBarrel(program.body),
  };
}

function nameOf({ kind, name }: { kind: string; name: string | null }): string {
  return name ?? (kind === "Default" ? "default" : "*");
}

/** `import("x")`, `require("x")`, and the type `import("x").Y`. */
function lazyImportOf(node: Node): { specifier: string; isTypeOnly: boolean } | undefined {
  if (node.type === "ImportExpression") return literal(node.source, false);
  if (node.type === "TSImportType") return literal(node.source, true);
  if (node.type === "TSExternalModuleReference") return literal(node.expression, false);
  const isRequire =
    node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "require";
  return isRequire && node.arguments[0] ? literal(node.arguments[0], false) : undefined;
}

function literal(node: Node, isTypeOnly: boolean): { specifier: string; isTypeOnly: boolean } {
  const isText = node.type === "Literal" && typeof node.value === "string";
  return { specifier: isText ? String(node.value) : "(computed)", isTypeOnly };
}

const GLOBALS = new Set([
  "process",
  "performance",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "localStorage",
]);

function useOf(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === "NewExpression" && node.arguments.length === 0 && isNamed(node.callee, "Date")) return "new Date()";
  if (node.type === "CallExpression" && isNamed(node.callee, "Date")) return "Date()";
  if (node.type === "MemberExpression" && !node.computed && node.property.type === "Identifier") {
    const { object, property } = node;
    if (isNamed(object, "Date") && property.name === "now") return "Date.now";
    if (isNamed(object, "Math") && property.name === "random") return "Math.random";
    if (isNamed(object, "process") && property.name === "env") return "process.env";
  }
  if (node.type === "MemberExpression" && node.computed && isNamed(node.object, "process")) return "process.env";
  const isGlobal = node.type === "Identifier" && GLOBALS.has(node.name);
  return isGlobal && isExpression(node, parent) ? node.name : undefined;
}

/** An identifier that is read, not the name of a property, a parameter or a type. */
function isExpression(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "CallExpression" || parent.type === "NewExpression") return true;
  if (parent.type === "Property") return parent.value === node && !parent.shorthand;
  return [
    "VariableDeclarator",
    "BinaryExpression",
    "UnaryExpression",
    "ArrowFunctionExpression",
    "ReturnStatement",
  ].includes(parent.type);
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

function isBarrel(statements: readonly Node[]): boolean {
  return (
    statements.length > 0 &&
    statements.every(
      (node) =>
        node.type === "ExportAllDeclaration" || (node.type === "ExportNamedDeclaration" && node.source !== null),
    )
  );
}

/** Visits a tree depth first. */
function visit(node: Node, look: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  look(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, look, node);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function resolveFrom(importer: string, specifier: string): { target: string; isPackage: boolean } {
  const isLocal = specifier.startsWith("@/") || specifier.startsWith(".");
  if (!isLocal) return { target: specifier, isPackage: true };
  const bare = specifier.startsWith("@/") ? specifier.slice(2) : posix.join(dirname(importer), specifier);
  const candidates = [bare, `${bare}.ts`, `${bare}.tsx`, `${bare}/index.ts`];
  const found = candidates.find((path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile());
  return { target: found ?? bare, isPackage: false };
}

function listTypeScript(place: string): string[] {
  const full = join(ROOT, place);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [place];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
