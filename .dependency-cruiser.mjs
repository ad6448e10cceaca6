// Which file may import which; a type counts as much as a value. Circles are oxlint's (`import/no-cycle`).
// Paths are those of the files themselves: `@quayside/core` is `packages/core/src/index.ts`.

import { createRequire } from 'node:module'

// With a TypeScript that it cannot use, dependency-cruiser reads no TypeScript and finds nothing.
const { version } = createRequire(new URL('tools/', import.meta.url))('typescript/package.json')
if (Number.parseInt(version) > 6)
  throw new TypeError(`Cannot read imports with TypeScript ${version}`)

const test = String.raw`\.(test|contract)\.ts$`

const own = (folder) => `^${folder}/src/`
const npm = (name) => `(^|/)node_modules/${name}/`
const core = String.raw`^packages/core/src/index\.ts$`
const client = String.raw`^packages/client/src/(index|endpoints/[^/]+)\.ts$`
const hono = String.raw`^packages/hono/src/index\.ts$`
const server = String.raw`^packages/server/src/index\.ts$`
const browser = String.raw`^packages/browser/src/index\.ts$`
const rules = String.raw`^packages/rules/src/(index|channels/(all|orders))\.ts$`
const sql = String.raw`^packages/sql/src/(index|[^/]+/store)\.ts$`
const d1 = String.raw`^packages/sql/src/d1/store\.ts$`
const contract = String.raw`^packages/server/src/contract/index\.ts$`
/** The program says its own version. */
const nodeManifest = String.raw`^apps/node/package\.json$`
const workerd = ['^cloudflare:', npm('@cloudflare/workers-types')]
const program = [npm('commander'), npm('@hono/node-server')]
// Node's own modules resolve to their bare names; a triple-slash reference to its types is one, too.
const node = ['^(node:)?[a-z_]+(/promises)?$', npm('@types/node')]

/** A package, the files of it that a rule is about (all of them by default), and what these may import. */
const packages = [
  { folder: 'packages/core', may: [] },
  { folder: 'packages/client', may: [core] },
  { folder: 'packages/hono', may: [core, client, npm('hono')] },
  { folder: 'packages/node', may: [npm('@hono/node-server'), ...node] },
  // What a page loads knows nothing else; rules and codes are data.
  { folder: 'packages/browser', may: [] },
  { folder: 'packages/rules', may: [] },
  { folder: 'packages/codes', may: [] },
  {
    folder: 'packages/server',
    except: [
      'openapi/',
      'contract/',
      'http/',
      String.raw`(app|server|config/[a-z-]*settings|config/config|events/[a-z-]*schemas|delivery/send|delivery/shop-decision)\.ts$`,
    ],
    may: [core, client, hono, rules],
  },
  // HTTP at the edge: what decides and what stores knows no framework.
  {
    folder: 'packages/server',
    only: [
      'http/',
      String.raw`(app|server|config/[a-z-]*settings|config/config|events/[a-z-]*schemas)\.ts$`,
    ],
    may: [core, client, hono, npm('hono'), npm('zod')],
  },
  {
    folder: 'packages/server',
    only: [String.raw`delivery/send\.ts$`],
    may: [core, client, npm('standardwebhooks')],
  },
  // The description is made before deployment and served as a file.
  {
    folder: 'packages/server',
    only: [String.raw`delivery/shop-decision\.ts$`],
    may: [core, npm('zod')],
  },
  { folder: 'packages/server', only: ['openapi/'], may: [npm('zod'), npm('zod-openapi')] },
  // The contract runs in any test runner, with Node's own assertions.
  { folder: 'packages/server', only: ['contract/'], may: [core, ...node] },
  {
    folder: 'packages/sql',
    except: ['d1/'],
    may: [
      core,
      server,
      npm('kysely'),
      npm('mysql2'),
      npm('pg'),
      npm('@types/pg'),
      npm('@libsql/client'),
      ...node,
    ],
  },
  { folder: 'packages/sql', only: ['d1/'], may: [core, server, npm('@cloudflare/workers-types')] },
  // A simulator that shared our parsers would agree with our mistakes.
  {
    folder: 'packages/simulator',
    except: [String.raw`(cli|cli/[a-z-]+|state-file)\.ts$`],
    may: [npm('hono')],
  },
  {
    folder: 'packages/simulator',
    only: [String.raw`(cli|cli/[a-z-]+|state-file)\.ts$`],
    may: [npm('hono'), ...program, ...node],
  },
  { folder: 'apps/worker', may: [core, client, server, d1, npm('hono'), npm('zod'), ...workerd] },
  {
    folder: 'apps/node',
    except: ['database/', 'telemetry/', String.raw`commands/(after-restore|copy)\.ts$`],
    may: [
      core,
      client,
      server,
      rules,
      npm('hono'),
      ...program,
      ...node,
      npm('undici'),
      nodeManifest,
    ],
  },
  {
    folder: 'apps/node',
    only: ['database/', String.raw`commands/(after-restore|copy)\.ts$`],
    may: [core, server, sql, npm('(@types/)?pg'), npm('mysql2'), ...node],
  },
  {
    folder: 'apps/node',
    only: ['telemetry/'],
    may: [
      core,
      client,
      server,
      npm('hono'),
      npm('prom-client'),
      npm('@opentelemetry/[^/]+'),
      ...node,
    ],
  },
  // The shop is a merchant: it knows Quayside by HTTP alone.
  {
    folder: 'apps/shop',
    except: [String.raw`.*\b(cli|assets)\.ts$`],
    may: [npm('hono'), npm('zod'), npm('standardwebhooks')],
  },
  {
    folder: 'apps/shop',
    only: [String.raw`.*\b(cli|assets)\.ts$`],
    may: [npm('hono'), npm('zod'), ...program, ...node],
  },
]

const imports = packages.map(({ folder, only = [''], except = [], may }) => ({
  name: `${folder.replace(/.*\//, '')}-imports`,
  comment: `What ${folder} may import is listed in .dependency-cruiser.mjs.`,
  severity: 'error',
  from: {
    path: only.map((file) => `${own(folder)}${file}`),
    pathNot: [test, ...except.map((file) => `${own(folder)}${file}`)],
  },
  to: { pathNot: [own(folder), ...may] },
}))

/** Layers, the lowest first. A name that ends in a slash is a folder. */
const layered = [
  {
    folder: 'packages/core',
    // Folder by folder, so that no two folders import each other. Two files of one layer know nothing of each other.
    isStrict: true,
    layers: [
      ['values/currency', 'values/result'],
      ['values/fields', 'values/ids', 'values/money'],
      ['values/status'],
      ['channels/body'],
      ['channels/notice'],
      [
        'channels/callback',
        'channels/confirm',
        'channels/escrow-change',
        'channels/redirect',
        'channels/webhook',
      ],
      ['identity/age', 'identity/certification'],
      ['identity/verify-identity'],
      ['payment/payment'],
      ['payment/charging-windows'],
      ['order/account', 'order/payee'],
      ['order/order'],
      ['order/verify'],
      ['order/decide'],
      ['order/change'],
      ['billing-key/key-record', 'billing-key/registration-id'],
      ['billing-key/registration'],
      ['sync/store'],
      ['sync/memory', 'sync/sync'],
      ['subscription/plan/calendar', 'subscription/plan/plan'],
      ['subscription/plan/parse-plan', 'subscription/plan/price'],
      ['subscription/state/attempt-id', 'subscription/state/decline'],
      ['subscription/state/subscription'],
      ['subscription/state/period', 'subscription/state/retry', 'subscription/state/write'],
      ['subscription/state/book', 'subscription/state/lifecycle'],
      ['subscription/state/upcoming'],
      ['subscription/decide/step'],
      ['subscription/decide/decide-attempt'],
      ['subscription/decide/decide-subscription'],
      ['subscription/decide/command', 'subscription/decide/record-outcome'],
      [
        'subscription/decide/change-plan',
        'subscription/decide/change-subscription',
        'subscription/decide/open-subscription',
      ],
      ['explain'],
      ['index'],
    ],
  },
  {
    folder: 'packages/client',
    layers: [
      ['values/'],
      ['operation/'],
      ['request/', 'transport/', 'records/'],
      ['call/', 'naver/'],
      ['client', 'charges/', 'endpoints/', 'guards'],
      ['pages'],
      ['index'],
    ],
  },
  {
    folder: 'packages/server',
    layers: [
      [
        'config/',
        'domain/',
        'cause-text',
        'log',
        'observe',
        'once',
        'payees',
        'run-budget',
        'secret',
        'timers',
      ],
      ['ports/', 'lookup-guard/'],
      ['deps'],
      ['payments/'],
      ['orders/', 'events/', 'payment-links/', 'identity-verifications/', 'subscriptions/'],
      ['billing-keys/'],
      ['delivery/', 'jobs/schedule/'],
      ['jobs/orders/', 'jobs/provider-requests/', 'jobs/retention/', 'jobs/subscriptions/'],
      ['jobs/payment-lists/'],
      ['jobs/recovery-jobs'],
      ['jobs/all-jobs'],
      ['confirm/'],
      ['http/', 'openapi/'],
      ['account-clients'],
      ['app', 'server'],
      ['index'],
      ['contract/'],
    ],
  },
  {
    folder: 'packages/sql',
    layers: [
      ['order-change'],
      ['driver', 'columns'],
      [
        'call-on-change',
        'dialect',
        'identity-statements',
        'migrations',
        'order-histories',
        'order-lists',
        'server-statements',
        'shared-statements',
        'transaction',
      ],
      ['copy', 'migrate', 'store/'],
      ['mysql/', 'postgres/', 'shop-transaction/', 'sqlite/'],
      ['d1/', 'libsql/', 'open-database'],
      ['after-restore', 'copy-database'],
      ['index'],
    ],
  },
  {
    folder: 'apps/node',
    layers: [
      ['settings/', 'telemetry/', 'transport/'],
      ['database/'],
      ['server/'],
      ['terminal/'],
      ['doctor/', 'merchant-api/'],
      ['commands/'],
      ['quayside'],
    ],
  },
  {
    folder: 'packages/simulator',
    layers: [
      ['runtime/'],
      ['domain/'],
      ['state'],
      ['context'],
      ['wire/'],
      ['faults/', 'webhooks/'],
      ['services/'],
      ['rest/', 'checkout/', 'console/'],
      ['control/', 'persistence/'],
      ['app', 'options', 'simulator'],
      ['index', 'state-file'],
      ['cli/'],
      ['cli'],
    ],
  },
]

const toPath = (folder) => (name) =>
  `${own(folder)}${name.endsWith('/') ? name : String.raw`${name}\.ts$`}`

const layers = layered.flatMap(({ folder, isStrict = false, layers }) => {
  const name = `${folder.replace(/.*\//, '')}-layers`
  const paths = layers.map((names) => names.map(toPath(folder)))
  const layerRules = paths.map((layer, i) => {
    const below = paths.slice(0, isStrict ? i : i + 1).flat()
    return {
      name,
      comment: 'A file imports from its own layer and from those below it.',
      severity: 'error',
      from: { path: layer, pathNot: test },
      to: { path: own(folder), ...(below.length === 0 ? {} : { pathNot: below }) },
    }
  })
  const complete = {
    name: `${name}-complete`,
    comment: 'Every file has a layer.',
    severity: 'error',
    from: { path: own(folder), pathNot: [test, ...paths.flat()] },
    to: {},
  }
  return [...layerRules, complete]
})

const simulator = own('packages/simulator')
const checkers = [
  '^tests/simulation/(checkers|blackbox/checkers)/',
  String.raw`^tests/simulation/(model/model|fuzz/reference-grammar)\.ts$`,
]

/** Schemas of what the server says: types, and the source of its description. */
const responseSchemas = String.raw`${own('packages/server')}(http/schemas/responses/.*|events/[a-z-]*schemas)\.ts$`

const others = [
  {
    name: 'simulator-surfaces-apart',
    comment: 'REST, checkout and console meet in services.',
    severity: 'error',
    from: { path: `${simulator}(rest|checkout|console)/`, pathNot: test },
    to: { path: `${simulator}(rest|checkout|console)/`, pathNot: `${simulator}$1/` },
  },
  {
    name: 'simulator-http-at-the-edge',
    severity: 'error',
    from: { path: `${simulator}(domain|wire|webhooks|services)/`, pathNot: test },
    to: { path: npm('hono') },
  },
  {
    name: 'simulator-faults',
    comment: 'Faults are injected around the routes; the control API alone sets them.',
    severity: 'error',
    from: {
      path: simulator,
      pathNot: [
        test,
        `${simulator}faults/`,
        String.raw`${simulator}(app|options|index)\.ts$`,
        `${simulator}control/`,
      ],
    },
    to: { path: `${simulator}faults/` },
  },
  {
    name: 'browser-script-alone',
    comment: 'It runs in a page, where of the simulator only what reads a user agent has a place.',
    severity: 'error',
    from: { path: `${simulator}checkout/sdk/`, pathNot: test },
    to: { pathNot: [`${simulator}checkout/sdk/`, String.raw`${simulator}checkout/device\.ts$`] },
  },
  {
    name: 'openapi-not-deployed',
    severity: 'error',
    from: { path: own('packages/server'), pathNot: [test, `${own('packages/server')}openapi/`] },
    to: {
      path: String.raw`${own('packages/server')}openapi/.*\.ts$`,
      pathNot: `${own('packages/server')}openapi/generated/`,
    },
  },
  {
    name: 'responses-not-deployed',
    comment:
      'What presents a response or an event needs its type. To build the schemas would take time at each start.',
    severity: 'error',
    from: {
      path: own('packages/server'),
      pathNot: [test, `${own('packages/server')}openapi/`, responseSchemas],
    },
    to: { path: responseSchemas, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'checkers-alone',
    comment: 'A checker that shared a function with the code it checks would share its mistakes.',
    severity: 'error',
    from: { path: checkers, pathNot: test },
    to: { pathNot: checkers },
  },
  {
    name: 'packages-by-their-entry',
    comment:
      'What is not exported is not for others, tests included; those of the worker run the server with D1.',
    severity: 'error',
    from: {
      path: '^(packages|apps)/([^/]+)/',
      pathNot: ['^apps/worker/test/', String.raw`^apps/worker/src/.*\.test\.ts$`],
    },
    to: {
      path: '^(packages|apps)/',
      pathNot: [
        '^$1/$2/',
        browser,
        core,
        client,
        hono,
        rules,
        server,
        contract,
        sql,
        String.raw`^packages/simulator/src/index\.ts$`,
        String.raw`^packages/core/(fixtures/|src/sync/store\.contract\.ts$)`,
      ],
    },
  },
  {
    name: 'sources-without-tests',
    severity: 'error',
    from: { path: '^(packages|apps)/[^/]+/src/', pathNot: test },
    to: { path: test },
  },
  {
    name: 'declared-dependencies',
    comment: 'What a package needs when it runs stands in its own package.json.',
    severity: 'error',
    from: {
      path: '^(packages|apps)/[^/]+/src/',
      pathNot: [test, `${own('packages/server')}openapi/`],
    },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      // A peer is installed for development, too.
      dependencyTypesNot: ['npm-peer', 'type-only', 'triple-slash-type-reference'],
    },
  },
  ...['from', 'to'].map((side) => ({
    name: 'names-with-a-purpose',
    severity: 'error',
    from: {},
    to: {},
    [side]: {
      path: String.raw`(^|/)(utils?|helpers?|common|types|constants)(\.|/)`,
      pathNot: '(^|/)node_modules/',
    },
  })),
]

export default {
  forbidden: [...imports, ...layers, ...others],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tools/check/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages/[^/]+/dist|[.]cache)/' },
  },
}
