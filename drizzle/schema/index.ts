export * from "./audit";
export * from "./certificates";
export * from "./identities";
export * from "./keys";
export * from "./policies";
export * from "./resources";
export * from "./roles";
