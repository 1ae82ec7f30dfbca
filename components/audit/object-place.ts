const IDENTITY_PLACES = { usr: "/people", svc: "/services", nod: "/nodes" } as const;

/** The screen of the thing that an event is about; undefined where it has none. */
export function placeOf(object: { readonly type: string; readonly id: string }): string | undefined {
  if (object.id === "*") return undefined;
  switch (object.type) {
    case "Certificate":
      return `/certificates/${object.id}`;
    case "Authority":
      return `/authorities/${object.id}`;
    case "Profile":
      return `/profiles/${object.id}`;
    case "Policy":
      return `/policies/${encodeURIComponent(object.id)}`;
    case "Role":
      return `/roles/${encodeURIComponent(object.id)}`;
    case "Separation":
      return "/roles/separations";
    case "Resource":
      return `/resources?open=${encodeURIComponent(object.id)}`;
    case "JoinToken":
      return "/join-tokens";
    case "Identity": {
      const [prefix] = object.id.split("_");
      const place = Object.entries(IDENTITY_PLACES).find(([known]) => known === prefix)?.[1];
      return place && `${place}/${object.id}`;
    }
    default:
      return undefined;
  }
}
