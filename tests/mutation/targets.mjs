// Which files are mutated, which tests must kill the mutants, and the score that is required.
const sources = (folder, names) => names.map((name) => `${folder}/src/${name}.ts`)

export const targets = {
  core: {
    break: 95,
    tests:
      'packages/core/src/{!(body|callback|confirm|explain|redirect|webhook),identity/*}.test.ts',
    mutate: sources('packages/core', [
      'account',
      'change',
      'decide',
      'identity/age',
      'identity/certification',
      'identity/verify-identity',
      'ids',
      'money',
      'order',
      'payment',
      'status',
      'sync',
      'verify',
    ]),
  },
  notices: {
    break: 90,
    tests:
      'packages/core/src/{body,callback,confirm,explain,hostile,memory,redirect,webhook}.test.ts',
    mutate: sources('packages/core', [
      'body',
      'callback',
      'confirm',
      'explain',
      'fields',
      'memory',
      'notice',
      'redirect',
      'result',
      'webhook',
    ]),
  },
  client: {
    break: 95,
    tests: 'packages/client/src/{write-handling,client,request,retry,redact}.test.ts',
    mutate: sources('packages/client', ['write-handling', 'request']),
  },
  hono: {
    break: 80,
    // Deadlines take seconds to pass, for each mutant again.
    tests: 'packages/hono/test/!(timeouts).test.ts',
    mutate: sources('packages/hono', [
      'buyer-order',
      'complete',
      'completion',
      'confirm',
      'lookup',
      'middleware',
      'read-body',
      'redirect',
      'response',
      'sync-notice',
      'webhook',
    ]),
  },
}
