// Which files are mutated, which tests must kill the mutants, and the score that is required.
const sources = (folder, names) => names.map((name) => `${folder}/src/${name}.ts`)

export const targets = {
  core: {
    break: 95,
    tests: 'packages/core/src/{hostile,misuse,{values,payment,order,identity,sync}/*}.test.ts',
    mutate: sources('packages/core', [
      'values/currency',
      'values/ids',
      'values/money',
      'values/status',
      'payment/payment',
      'order/account',
      'order/change',
      'order/decide',
      'order/order',
      'order/verify',
      'identity/age',
      'identity/certification',
      'identity/verify-identity',
      'sync/sync',
    ]),
  },
  notices: {
    break: 90,
    tests: 'packages/core/src/{explain,hostile,channels/*,sync/memory}.test.ts',
    mutate: sources('packages/core', [
      'channels/body',
      'channels/callback',
      'channels/confirm',
      'channels/notice',
      'channels/redirect',
      'channels/webhook',
      'explain',
      'sync/memory',
      'values/fields',
      'values/result',
    ]),
  },
  client: {
    break: 95,
    tests: 'packages/client/src/{client,request/*,transport/retry,values/redact}.test.ts',
    mutate: sources('packages/client', ['request/write-handling', 'request/request']),
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
