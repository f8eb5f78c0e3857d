// A person with a real browser: from the text that a model shows to the page, through its buttons, and back to the same call.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { chromium } from "playwright-core";
import { openKaneo, pause, program } from "./kaneo.mjs";

const flags = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];
const limit = { timeout: 45_000 };

test("Approve: the same call works", limit, () =>
  atThePage(async ({ page, call }) => {
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("heading", { name: "Device connected" }).waitFor();
    await shown(page, "connected");
    await pause(6000); // Kaneo is asked every 5 s
    const answer = await call();
    assert.match(answer.text, /^Signed in as Ada Lovelace <ada\.lovelace@example\.com>\.\n\nWEB Website: 22 tasks/);
  }));

test("Deny: no new code", limit, () =>
  atThePage(async ({ page, call }) => {
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByRole("heading", { name: "Request cancelled" }).waitFor();
    await pause(6000);
    const answer = await call();
    assert.ok(answer.isError);
    assert.match(answer.text, /^SIGN-IN DECLINED/);
  }));

// atThePage calls, opens the link of the answer, and goes to where it is decided.
async function atThePage(decide) {
  const kaneo = await openKaneo();
  const profile = mkdtempSync(join(tmpdir(), "kaneo-mcp-chromium-"));
  const client = new Client({ name: "browser", version: "1" });
  await client.connect(new StdioClientTransport({ command: program, args: ["serve"], env: kaneo.env, stderr: "ignore" }));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM, headless: true, args: flags.map((flag) => `--${flag}`),
  });
  try {
    const call = async () => {
      const { content, isError } = await client.callTool({ name: "get_board", arguments: { project: "WEB" } });
      return { text: content[0].text, isError };
    };
    const page = await browser.newPage();
    await goTo(page, await call());
    await decide({ page, call });
  } finally {
    await browser.close();
    await client.close();
    await kaneo.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function goTo(page, { text, isError }) {
  assert.ok(isError);
  assert.match(text, /^AUTH REQUIRED/);
  const [, link, code] = text.match(/^(https?:\/\/\S+user_code=([A-Z2-9]{8}))$/m);
  await page.goto(link);
  assert.equal(await page.getByLabel("Device code").inputValue(), code, "the code is not filled in");
  await shown(page, "code");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: /Ada Lovelace/ }).check();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(code, { exact: true }).waitFor();
  await page.getByText("Signed in as Ada Lovelace").waitFor();
  await shown(page, "decision");
}

// shown keeps a picture of the page where SCREENSHOTS names a folder.
async function shown(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
}
