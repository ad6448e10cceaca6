import { env } from 'cloudflare:workers'
import { start } from './start.ts'

export default start(env, {
  fetch: (request) => fetch(request),
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  // oxlint-disable-next-line no-console -- the runtime's only way out for a log line
  write: (line) => console.log(line),
})
