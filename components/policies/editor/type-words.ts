import type { PathType } from "../blocks/paths";

/** A type as a schema writes it; of several entity types, each. */
export function typeWords(type: PathType): string {
  switch (type.kind) {
    case "bool":
      return "Bool";
    case "long":
      return "Long";
    case "string":
      return "String";
    case "record":
      return "record";
    case "extension":
      return type.name;
    case "entity":
      return type.names.join(" or ");
    case "set":
      return `Set<${typeWords(type.element)}>`;
  }
}
