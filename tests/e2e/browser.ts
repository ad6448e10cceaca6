import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

interface Unpacked {
  readonly executablePath: string
  readonly libs: string
}

/** Starts a headless Chromium that can reach only this machine; `CHROMIUM_PATH` names another binary. */
export async function launch(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH
  const found = own ? { executablePath: own, env: {} } : toOptions(await unpack())
  return chromium.launch({
    executablePath: found.executablePath,
    timeout: 0,
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

/** Chromium from the npm package, unpacked once per version into .cache/ (211 MB). */
async function unpack(): Promise<Unpacked> {
  const dir = resolve('.cache/chromium/153.0.0')
  if (!existsSync(dir)) await unpackInto(dir)
  return { executablePath: join(dir, 'chromium'), libs: join(dir, 'al2023/lib') }
}

/**
 * Several processes may unpack at once: each unpacks into a folder of its own, and the first to finish renames
 * it, so that the others find a whole Chromium or none.
 */
async function unpackInto(dir: string): Promise<void> {
  await mkdir(dirname(dir), { recursive: true })
  const own = await mkdtemp(`${dir}-`)
  const before = process.env.TMPDIR
  // The package unpacks into the temporary folder.
  process.env.TMPDIR = own
  try {
    const { default: pack, inflate } = await import('@sparticuz/chromium')
    await pack.executablePath()
    // NSS and expat, for systems that lack them.
    await inflate(libraryArchive())
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    await rename(own, dir)
  } catch (cause) {
    if (!existsSync(dir)) throw cause
    await rm(own, { recursive: true })
  }
}

function libraryArchive(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  return join(dirname(entry), '../bin/al2023.tar.br')
}
