import { describe, expect, it } from "vitest";
import type { Team } from "@/server/identities/team-contract";
import { heldWords, membersWords, nowLine, reachingWords } from "./words";

const NOBODY = { people: 0, services: 0, nodes: 0 };
function team(name: string, isLed: boolean): Team {
  const leads = isLed ? [{ id: "usr_1", displayName: "Mara", teamId: null }] : [];
  return { id: name, name, parentId: null, createdAt: new Date(0), own: NOBODY, all: NOBODY, leads, grants: 0 };
}

describe("the line above the teams", () => {
  it.each([
    [[], "There is no team yet."],
    [[team("vision", true)], "1 team, and somebody leads it."],
    [[team("vision", true), team("audio", true)], "2 teams, and somebody leads each."],
    [[team("vision", true), team("audio", false)], "2 teams; nobody leads audio."],
    [[team("vision", false), team("audio", false)], "2 teams; nobody leads 2 of them."],
  ])("says what needs somebody", (teams, line) => {
    expect(nowLine(teams)).toBe(line);
  });
});

describe("words about a move", () => {
  it("say who gains what, and whose roles reach it", () => {
    const grant = { role: "team_lead", holder: "Mara", scope: "Team::platform" };
    expect(reachingWords(grant)).toBe("Mara: Team lead within platform");
    expect(heldWords({ role: "reader", holder: "platform", scope: "everything" })).toBe(
      "reader everywhere, as everybody in platform",
    );
  });

  it.each([
    [NOBODY, "nobody"],
    [{ people: 1, services: 0, nodes: 2 }, "1 person and 2 nodes"],
    [{ people: 2, services: 1, nodes: 3 }, "2 people, 1 service and 3 nodes"],
  ])("count members", (members, words) => {
    expect(membersWords(members)).toBe(words);
  });
});
