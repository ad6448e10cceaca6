import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { Webhook } from 'standardwebhooks'
import { findPort } from '../../servers/server-process.ts'
import {
  bundleDeployment,
  type DeploymentFiles,
  type Program,
  prepareDeployment,
  startProgram,
} from '../deployment/deployment.ts'
import { listen, readText } from '../deployment/http.ts'

// The whole environment of a shop on this machine: the deployed server, the provider, and the merchant's receiver,
// which also receives the provider's webhooks in order to delay, repeat or lose them. All of it speaks HTTP alone.

/** What must never be seen outside of the deployment. The last two are a buyer's. */
export const canaries = {
  impKey: 'canary-imp-key-8d21f0',
  impSecret: 'canary-imp-secret-51ab9c',
  merchantKey: 'canary-merchant-key-e07f44',
  tokenSecret: 'canary-token-secret-93d6b2',
  eventSecret: 'whsec_Y2FuYXJ5LWV2ZW50LXNlY3JldC1vZi10aGlydHktdHdv',
  buyerName: 'canary-buyer-4471',
  buyerEmail: 'canary-4471@buyer.example',
} as const

/** A webhook as the provider sent it, before it is delayed, repeated or lost. */
export interface ProviderWebhook {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly status: string
  readonly body: string
}

/** An event as it came in, its signature verified. */
export interface ReceivedEvent {
  readonly id: string
  readonly text: string
  readonly at: number
  /** The receiver's response. */
  readonly status: number
}

/** Called with what leaves the provider and the deployment. */
export interface EnvironmentListener {
  /** A webhook left the provider. */
  onWebhook(webhook: ProviderWebhook): void
  /** An event arrived; gives the status of the receiver's response. */
  onEvent(event: Omit<ReceivedEvent, 'status'>): number
}

export interface Environment {
  /** The connections of all clients. */
  readonly agent: Agent
  readonly simulatorUrl: string
  /** Where the deployment listens; it changes with every restart, and between several instances. */
  url(): string
  /** Resolves when the deployment is up. */
  whenUp(): Promise<void>
  /** Kills the deployment, and starts it again on its database. */
  killAndRestart(): Promise<void>
  /** Runs the jobs of one minute. */
  runCron(): Promise<void>
  close(): Promise<void>
}

/** What the deployment of an environment is told of the others. */
export interface Peers {
  readonly simulatorUrl: string
  readonly receiverUrl: string
}

/** What runs the code under test in an environment. */
export type Deployment = Pick<
  Environment,
  'url' | 'whenUp' | 'killAndRestart' | 'runCron' | 'close'
>

/** Starts a deployment beside its peers. */
export type StartDeployment = (peers: Peers) => Promise<Deployment>

/** Bundles the worker, and returns what starts it in workerd. */
export async function bundleWorker(): Promise<StartDeployment> {
  const files = await bundleDeployment('blackbox')
  return ({ simulatorUrl, receiverUrl }) =>
    startWorker(files, {
      ...settingsFor({ simulatorUrl, receiverUrl }),
      // Fifty histories at once are more than two runs within the limits of the free plan recover.
      PLAN: 'paid',
    })
}

/** The settings of the code under test. */
export function settingsFor({ simulatorUrl, receiverUrl }: Peers): Record<string, string> {
  return {
    MODE: 'test',
    PROVIDER_URL: simulatorUrl,
    IMP_KEY: canaries.impKey,
    IMP_SECRET: canaries.impSecret,
    MERCHANT_API_KEY: canaries.merchantKey,
    ORDER_TOKEN_SECRET: canaries.tokenSecret,
    SHOP_ORIGINS: 'https://shop.example',
    RESULT_PAGES: 'https://shop.example/result',
    EVENT_URL: `${receiverUrl}/events`,
    EVENT_SECRETS: canaries.eventSecret,
  }
}

/** Starts an environment. */
export async function startEnvironment(
  startDeployment: StartDeployment,
  listener: EnvironmentListener,
): Promise<Environment> {
  const webhook = new Webhook(canaries.eventSecret)
  const server = createServer((request, response) => {
    receive(request, listener, webhook).then(
      (status) => response.writeHead(status).end(),
      (cause: unknown) => response.writeHead(400).end(String(cause)),
    )
  })
  const receiverUrl = await listen(server)
  const simulator = await startSimulator(await bundleSimulator(), `${receiverUrl}/webhook`)
  const deployment = await startDeployment({ simulatorUrl: simulator.url, receiverUrl })
  const agent = new Agent({ keepAlive: true })
  return {
    ...deployment,
    agent,
    simulatorUrl: simulator.url,
    async close() {
      await Promise.all([deployment.close(), simulator.kill()])
      agent.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function startWorker(
  files: DeploymentFiles,
  bindings: Readonly<Record<string, string>>,
): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-blackbox-'))
  const options = { cronMs: null, hasQueue: true, bindings }
  const deploymentArgs = await prepareDeployment(folder, files, options)
  let deployment = await startProgram(deploymentArgs)
  let restarted: Promise<void> = Promise.resolve()
  return {
    url: () => deployment.url,
    whenUp: () => restarted,
    killAndRestart() {
      restarted = deployment.kill().then(async () => {
        deployment = await startProgram(deploymentArgs)
      })
      return restarted
    },
    async runCron() {
      const response = await fetch(`${deployment.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`)
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`The cron trigger responded ${response.status}`)
    },
    async close() {
      await deployment.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let bundled: Promise<string> | null = null

/** Bundles the simulator once for all environments of a run. */
function bundleSimulator(): Promise<string> {
  const outfile = resolve('.cache/simulation/blackbox/simulator.mjs')
  bundled ??= build({
    entryPoints: ['packages/simulator/src/cli.ts'],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  }).then(() => outfile)
  return bundled
}

/** The provider: the simulator as anybody would start it. */
async function startSimulator(file: string, webhookUrl: string): Promise<Program> {
  const address = ['--host', '127.0.0.1', '--port', String(await findPort())]
  const keys = ['--imp-key', canaries.impKey, '--imp-secret', canaries.impSecret]
  return startProgram([file, ...address, ...keys, '--webhook-url', webhookUrl])
}

async function receive(
  request: IncomingMessage,
  listener: EnvironmentListener,
  webhook: Webhook,
): Promise<number> {
  const at = performance.now()
  const text = await readText(request)
  if (request.url === '/webhook') {
    listener.onWebhook({ ...JSON.parse(text), body: text })
    return 200
  }
  const header = (name: string): string => String(request.headers[name])
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  webhook.verify(text, Object.fromEntries(names.map((name) => [name, header(name)])))
  return listener.onEvent({ id: header('webhook-id'), text, at })
}
