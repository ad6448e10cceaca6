// npm start: local D1, the worker, the simulator and the shop, each on its port; Ctrl+C stops all three.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { bundleBrowserPackage, bundleProgram } from '../bundle/bundle-programs.mjs'
import { exitOf, start, stopAll, toFlags } from './child-processes.mjs'
import { findPorts } from './free-ports.mjs'
import { runLocalJobs } from './local-jobs.mjs'
import { readKeys } from './local-keys.mjs'

const command = new Command('npm start --')
  .option('--worker-port <port>', 'where the payment server listens', '8787')
  .option('--simulator-port <port>', 'where the simulator listens', '8788')
  .option('--shop-port <port>', 'where the shop listens', '8789')
  .option('--origin <url...>', 'pages of your own that may ask the payment server', [])
  .option('--state <dir>', 'where orders, payments and keys are kept', '.wrangler/start')
  .option('--fresh', 'begin without the orders and payments of earlier runs', false)
  .parse()
const options = command.opts()

const wrangler = 'node_modules/wrangler/bin/wrangler.js'
const quiet = {
  CI: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  NODE_NO_WARNINGS: '1',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_LOG_PATH: `${options.state}/logs`,
  WRANGLER_REGISTRY_PATH: `${options.state}/registry`,
}
const began = Date.now()
const portNames = ['workerPort', 'simulatorPort', 'shopPort']
const ports = await findPorts(
  portNames.map((name) => ({
    port: Number(options[name]),
    isFixed: command.getOptionValueSource(name) !== 'default',
  })),
)
for (const [number, name] of portNames.entries()) {
  const port = String(ports[number])
  if (port !== options[name]) console.log(`Port ${options[name]} is taken; using ${port}.`)
  options[name] = port
}
const worker = `http://localhost:${options.workerPort}`
const simulator = `http://localhost:${options.simulatorPort}`
const shop = `http://localhost:${options.shopPort}`

let stopping = false
async function stop(code) {
  if (stopping) return
  stopping = true
  await stopAll()
  process.exit(code)
}
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))
process.on('SIGHUP', () => stop(0))
// npm passes a signal on to its shell only: that ends, and this process would keep the ports.
const shell = process.ppid
if (process.env.npm_lifecycle_event === 'start') {
  setInterval(() => {
    if (process.ppid !== shell) void stop(0)
  }, 500).unref()
}

function watch(name, child) {
  child.once('exit', (code) => {
    if (stopping) return
    console.error(`\nThe ${name} ended with code ${code ?? 'none'}; stopping the others.`)
    void stop(1)
  })
  return child
}

async function ready(url) {
  // A program that exits stops the others; a slow one is waited for.
  while (!stopping) {
    try {
      await fetch(url)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

async function step(label, work) {
  process.stdout.write(`  ${label} …`)
  const at = Date.now()
  const result = await work
  process.stdout.write(` ${((Date.now() - at) / 1000).toFixed(1)} s\n`)
  return result
}

// Orders and payments belong together: one without the other could be neither completed nor refunded.
const database = `${options.state}/v3`
const payments = `${options.state}/simulator.json`
if (options.fresh)
  for (const path of [database, payments]) rmSync(path, { recursive: true, force: true })
const isTorn = existsSync(database) && !existsSync(payments)
mkdirSync(options.state, { recursive: true })
const keys = readKeys(`${options.state}/keys.json`)
const settings = {
  MODE: 'test',
  PROVIDER_URL: simulator,
  IMP_KEY: keys.impKey,
  IMP_SECRET: keys.impSecret,
  MERCHANT_API_KEY: keys.merchantKey,
  ORDER_TOKEN_SECRET: keys.orderTokenSecret,
  PERSON_KEY_SECRET: keys.personKeySecret,
  SHOP_ORIGINS: [shop, shop.replace('localhost', '127.0.0.1'), ...options.origin].join(','),
  RESULT_PAGES: `${shop}/result`,
  EVENT_URL: `${shop}/events`,
  EVENT_SECRETS: keys.eventSecret,
  PUBLIC_URL: worker,
  // The clock is moved by weeks at a time: a page would no longer be shown its order.
  ORDER_TOKEN_DAYS: '999',
}
const envFile = `${options.state}/worker.env`
writeFileSync(
  envFile,
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
  { mode: 0o600 },
)

const welcome = (seconds) => `
Ready in ${seconds} s.

  shop             ${shop}    choose something, pay by card or virtual account
  simulator        ${simulator}    every payment; deposit, cancel, webhooks
  payment server   ${worker}    its API: ${worker}/openapi.json

What to click: open the shop, choose a tea, fill the form in, and press the pay button of the payment
window. For a virtual account, press "deposit" in the simulator and watch the order turn paid. All three
follow the clock of the simulator: move it there to the next due date and a day further, and watch the
order expire (three hours after its due date). Or subscribe in the shop, move on by months, choose in the
simulator what the card does next, and watch the subscription at ${shop}/subscription.

Orders, payments and the time are kept in ${options.state}; npm start -- --fresh begins without them.
The key for the API of the payment server is "merchantKey" in ${options.state}/keys.json.
Ctrl+C stops all three.`

async function main() {
  console.log('Starting Quayside')
  if (isTorn) {
    console.error(
      `The orders in ${options.state} are there, their payments are not: npm start -- --fresh begins without both.`,
    )
  }
  const migrated = exitOf(
    start(['tools/run/local/migrate-local.mjs', options.state], { env: quiet }),
  )
  const [simulatorProgram, shopProgram, browserPackage] = await step(
    'bundling the simulator and the shop',
    Promise.all([bundleProgram('simulator'), bundleProgram('shop'), bundleBrowserPackage()]),
  )
  watch(
    'simulator',
    start([
      simulatorProgram,
      ...toFlags({
        host: '127.0.0.1',
        port: options.simulatorPort,
        origin: simulator,
        'imp-key': keys.impKey,
        'imp-secret': keys.impSecret,
        'webhook-url': `${worker}/payments/webhook`,
        state: payments,
      }),
    ]),
  )
  watch(
    'shop',
    start(
      [
        shopProgram,
        ...toFlags({
          port: options.shopPort,
          'worker-url': worker,
          'simulator-url': simulator,
          'merchant-key': keys.merchantKey,
          'user-code': 'imp00000000',
          'event-secret': keys.eventSecret,
          public: 'apps/shop/public',
          'browser-package': browserPackage,
        }),
      ],
      { env: { CLOCK_URL: simulator } },
    ),
  )
  if ((await step('applying migrations to the local database', migrated)) !== 0) {
    if (!stopping) console.error('The migrations could not be applied.')
    await stop(1)
  }
  watch(
    'payment server',
    start(
      [
        wrangler,
        'dev',
        'tools/run/local/worker.ts',
        ...toFlags({
          ip: '127.0.0.1',
          port: options.workerPort,
          'inspector-port': '0',
          'log-level': 'warn',
          'env-file': envFile,
          'persist-to': options.state,
        }),
        '--test-scheduled',
      ],
      { env: quiet, stdio: ['ignore', 'inherit', 'inherit'] },
    ),
  )
  await step(
    'starting the payment server, the simulator and the shop',
    Promise.all([ready(`${worker}/`), ready(`${simulator}/`), ready(`${shop}/`)]),
  )

  console.log(welcome(((Date.now() - began) / 1000).toFixed(1)))
  await runLocalJobs({
    worker,
    simulator,
    merchantKey: keys.merchantKey,
    isStopping: () => stopping,
  })
}

main().catch((error) => {
  // What was under way when the stop began fails, and has nothing to say.
  if (stopping) return
  console.error(`\n${error.message}`)
  void stop(1)
})
