import { run } from './suite.ts'

/** Answers each request with the result of the suite. */
export default { fetch: async () => Response.json(await run()) }
