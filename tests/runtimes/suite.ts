import { runCases } from './report.ts'
import { browser } from './suites/browser.ts'
import { client } from './suites/client.ts'
import { core } from './suites/core.ts'
import { hono } from './suites/hono.ts'

/** Runs every case of every package by its public entry, in any runtime. */
export async function run() {
  return {
    core: await runCases(core),
    client: await runCases(client),
    hono: await runCases(hono),
    browser: await runCases(browser),
  }
}
