// The profiles of the sign-in, as the official clients live them: whatever a host declares and does with a dialog, one code is
// shown at once, and the call after the approval simply works.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { clients } from "./clients.mjs";
import { openKaneo, pause } from "../kaneo.mjs";

const codeIn = (text) => text.match(/user_code=([A-Z2-9]{8})/)?.[1] ?? text.match(/the code ([A-Z2-9]{8})/)[1];
const board = /WEB Website: 22 tasks/;
const greeting = /^Signed in as Ada Lovelace/;

// Each profile: what the host elicits, how it answers a question (given the person's way to decide), and how the first call ends;
// closes: the server says that the dialog is of no use any more.
const profiles = {
  "page, approved in time": { elicits: "pages", ends: "done", answer: async (decide) => (await decide("approve"), { action: "accept" }) },
  "page, never answered": { elicits: "pages", ends: "done", legacy: true, closes: true, answer: async (decide) => (await decide("approve"), new Promise(() => {})) },
  "page, accepted, then approved": { elicits: "pages", ends: "done", answer: async (decide) => (setTimeout(() => decide("approve"), 1000), { action: "accept" }) },
  "page, declined by a program": { elicits: "pages", ends: "text", answer: async () => (await pause(5), { action: "decline" }) },
  "page, cancelled by a program": { elicits: "pages", ends: "text", answer: async () => (await pause(5), { action: "cancel" }) },
  "page, declined by a person": { elicits: "pages", ends: "declined", answer: async () => (await pause(1500), { action: "decline" }) },
  "page, denied on the page": { elicits: "pages", ends: "declined", answer: async (decide) => (await decide("deny"), { action: "accept" }) },
  "page, the host throws": { elicits: "pages", ends: "text", legacy: true, answer: async () => { throw new Error("no dialogs here"); } },
  "form, approved in time": { elicits: "forms", ends: "done", answer: async (decide) => (await decide("approve"), { action: "accept", content: {} }) },
  "no dialogs": { ends: "text" },
};

describe("sign-in", { concurrency: 12 }, () => {
  for (const [client, open] of Object.entries(clients)) {
    for (const [name, profile] of Object.entries(profiles)) {
      if (profile.legacy && !client.endsWith("2025-11-25")) continue; // a client of 2026 waits for itself, or gives the call up
      test(`${client}: ${name}`, { timeout: 60_000 }, () => play(open, profile));
    }
  }
});

async function play(open, profile) {
  const kaneo = await openKaneo();
  try {
    const answer = (params) => profile.answer((decision) => kaneo.decide(codeIn(`${params.url ?? ""} ${params.message}`), decision));
    const host = await open(kaneo, { elicits: profile.elicits, answer });
    const before = await host.list();
    const first = await host.call();
    const last = await endings[profile.ends](kaneo, host, first);
    assert.equal(await host.list(), before, "the list of tools changed");
    assert.equal(host.questions.length, profile.elicits ? 1 : 0, "questions");
    if (profile.closes) assert.deepEqual(host.completed, [host.questions[0].elicitationId], "the dialog was left open");
    for (const token of kaneo.tokens()) assert.ok(!JSON.stringify([host.questions, host.log(), first, last]).includes(token), "a token got out");
    await host.close();
  } finally {
    await kaneo.close();
  }
}

// How a first call ends, and what comes after it.
const endings = {
  async done(_, host, first) {
    assert.ok(!first.isError, first.text);
    assert.match(first.text, greeting);
    assert.match(first.text, board);
    return again(host, board);
  },
  async text(kaneo, host, first) {
    assert.ok(first.isError);
    assert.match(first.text, /^AUTH REQUIRED/);
    const code = codeIn(first.text);
    const beside = await Promise.all([host.call(), host.call("list_tasks", {})]);
    for (const { text } of beside) assert.equal(codeIn(text), code, "another code was shown");
    await kaneo.decide(code, "approve");
    await pause(6000); // Kaneo is asked every 5 s
    return again(host, greeting);
  },
  async declined(_, host, first) {
    assert.ok(first.isError);
    assert.match(first.text, /^SIGN-IN DECLINED/);
    return again(host, /^SIGN-IN DECLINED/);
  },
};

async function again(host, pattern) {
  const answer = await host.call();
  assert.match(answer.text, pattern);
  return answer;
}
