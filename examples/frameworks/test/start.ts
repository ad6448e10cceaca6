import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { send } from './requests.ts'

const folder = join(import.meta.dirname, '..')

/** A running example. */
export interface Started {
  readonly port: number
  readonly stop: () => Promise<void>
}

/** Compiles an example, as its user's own tools would, and runs it on a free port. */
export async function start(entry: string, env: Record<string, string>): Promise<Started> {
  const program = join(folder, '.build', entry.replace(/\.ts$/, '.mjs'))
  await build({
    entryPoints: [join(folder, entry)],
    outfile: program,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    logLevel: 'error',
  })
  return startProgram([process.execPath, program], { cwd: folder, env })
}

/** Runs a server on a free port, which it takes from `PORT`, until it responds. */
export async function startProgram(
  [command = '', ...args]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<Started> {
  for (;;) {
    const port = await findPort()
    const started = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const output: string[] = []
    started.stderr.setEncoding('utf8').on('data', (part: string) => output.push(part))
    if (await isListening(started, port)) return { port, stop: () => stop(started) }
    // Somebody may have taken the port between.
    if (!output.join('').includes('EADDRINUSE'))
      throw new Error(`${command} ${args.join(' ')}: ${output.join('')}`)
  }
}

async function isListening(started: ChildProcess, port: number): Promise<boolean> {
  while (started.exitCode === null) {
    const response = await send(port, { method: 'GET', path: '/' }).catch(() => null)
    if (response !== null) return true
    await sleep(50)
  }
  return false
}

async function stop(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null) return
  const isOver = once(started, 'exit')
  // What runs programs of its own ends them first; what hangs is ended all the same.
  started.kill('SIGTERM')
  const over = new AbortController()
  const wait = sleep(10_000, undefined, { signal: over.signal }).then(
    () => started.kill('SIGKILL'),
    () => false,
  )
  await isOver
  over.abort()
  await wait
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
