import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** A bundle as it would be shipped. */
export interface Bundle {
  readonly text: string
  /** Bytes after `gzip -9`. */
  readonly gzipBytes: number
}

/** Bundles an entry the way it is deployed: what is weighed is what runs. */
export async function bundle(entry: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
  const [output] = outputFiles
  if (output === undefined) throw new Error(`Nothing came out of ${entry}`)
  return { text: output.text, gzipBytes: gzipSync(output.contents, { level: 9 }).length }
}
