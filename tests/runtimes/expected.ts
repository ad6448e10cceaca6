/** What every runtime reports. */
export const expected = {
  core: { passed: 242, failed: [] },
  client: { passed: 10, failed: [] },
  hono: { passed: 15, failed: [] },
  browser: { passed: 6, failed: [] },
}
