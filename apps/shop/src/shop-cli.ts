import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { Command, Option } from 'commander'
import { readConfig, settings } from './config.ts'
import { createShop } from './server/app.ts'
import { loadAssets } from './server/assets.ts'

const command = new Command('quayside-shop')
  .description('A demo storefront that pays through the Quayside payment server')
  .addOption(option(settings.port, '<port>', 'port to listen on').default('8789'))
  .addOption(
    option(
      settings.host,
      '<name>',
      'address to listen on; 0.0.0.0 makes it reachable from the network',
    ).default('127.0.0.1'),
  )
  .addOption(option(settings.workerUrl, '<url>', 'URL of the payment server'))
  .addOption(option(settings.simulatorUrl, '<url>', 'URL that serves /v1/iamport.js'))
  .addOption(option(settings.merchantKey, '<key>', 'merchant API key of the payment server'))
  .addOption(option(settings.userCode, '<code>', 'merchant code for IMP.init'))
  .addOption(option(settings.eventSecret, '<secret>', 'secret that signs the events: whsec_…'))
  .option(
    '--public <dir>',
    'folder of the browser files; the libraries are resolved in node_modules from there upwards',
    fileURLToPath(new URL('../public/', import.meta.url)),
  )
  .requiredOption('--browser-package <file>', 'the bundle of @quayside/browser that pages load')

/**
 * Runs the shop's server with the settings of the command line and the environment.
 *
 * @param beforeRequest Awaited before each request is handled.
 */
export async function runShop(beforeRequest: () => Promise<void> = async () => undefined) {
  const given: Record<string, unknown> & { public?: string; browserPackage?: string } = command
    .parse()
    .opts()
  const config = readConfig(given)
  if (!config.ok) {
    const problems = config.failure.problems.map(indent).join('\n')
    process.stderr.write(`Cannot start the shop:\n${problems}\n`)
    process.exitCode = 2
    return
  }
  const app = createShop(config.value, {
    fetch: (url, init) => fetch(url, init),
    newId: () => randomBytes(8).toString('hex'),
    assets: await loadAssets(given.public ?? 'public', given.browserPackage ?? ''),
    report: (failure) => process.stderr.write(`${describe(failure)}\n`),
  })
  const { port, host } = config.value
  const handle = async (request: Request) => {
    await beforeRequest()
    return app.fetch(request)
  }
  const server = serve({ fetch: handle, port, hostname: host }, (at) => {
    const name = host === '127.0.0.1' ? 'localhost' : host
    process.stdout.write(`Shop listening on http://${name}:${at.port}\n`)
  })
  server.on('error', ({ message }: Error) => {
    process.stderr.write(`Cannot listen on ${host}:${port}: ${message}\n`)
    process.exitCode = 1
  })
}

function option({ flag, env }: { flag: string; env: string }, value: string, description: string) {
  return new Option(`${flag} ${value}`, description).env(env)
}

function indent(line: string): string {
  return `  ${line}`
}

/** One line of JSON, so that text from outside cannot start a new line of the log. */
function describe({ cause, ...failure }: { readonly reason: string; readonly cause?: unknown }) {
  const message = cause instanceof Error ? cause.message : undefined
  return JSON.stringify({ ...failure, message })
}
