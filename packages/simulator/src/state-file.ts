/// <reference types="node" />
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Snapshot, snapshotVersion, toSnapshot } from './persistence/snapshot.ts'

/** Why a state file was not read or written. */
export type StateFailure =
  | { readonly reason: 'unreadable'; readonly cause: unknown }
  | { readonly reason: 'not_written'; readonly cause: unknown }
  | { readonly reason: 'corrupt' }
  | { readonly reason: 'other_version'; readonly version: number }
  | { readonly reason: 'too_large'; readonly bytes: number }

/** The snapshot of a state file, null when there is none yet, or why it cannot be read. */
export type ReadState =
  | { readonly ok: true; readonly snapshot: Snapshot | null }
  | { readonly ok: false; readonly failure: StateFailure }

const format = 'quayside-simulator-state'

/** About 40,000 payments; each change writes the whole file. */
const maxBytes = 64 * 1024 * 1024

/** The file for what `--state` names: the file itself, or `simulator.json` in a folder. */
export function toStateFile(path: string): string {
  const isFolder =
    /[\\/]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder ? join(path, 'simulator.json') : path
}

/** Reads a state file: one line about the content, then the content. */
export function readState(file: string): ReadState {
  let text: string
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined) return { ok: true, snapshot: null }
    if (found.size > maxBytes) return refuse({ reason: 'too_large', bytes: found.size })
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    return refuse({ reason: 'unreadable', cause })
  }
  const lineEnd = text.indexOf('\n')
  const header = parse(text.slice(0, Math.max(lineEnd, 0)))
  const content = text.slice(lineEnd + 1)
  if (!isHeader(header)) return refuse({ reason: 'corrupt' })
  if (header.version !== snapshotVersion) {
    return refuse({ reason: 'other_version', version: header.version })
  }
  const snapshot = header.sha256 === digestOf(content) ? toSnapshot(parse(content)) : null
  return snapshot === null ? refuse({ reason: 'corrupt' }) : { ok: true, snapshot }
}

/**
 * Makes the function that writes snapshots to a file. It writes nothing when nothing changed, and puts a complete file
 * in the place of the old one, so that a stop at any moment leaves one of the two.
 */
export function createStateWriter(file: string): (snapshot: Snapshot) => StateFailure | null {
  let written = ''
  return (snapshot) => {
    const content = `${JSON.stringify(snapshot)}\n`
    if (content === written) return null
    const bytes = Buffer.byteLength(content)
    if (bytes > maxBytes) return { reason: 'too_large', bytes }
    const header = { format, version: snapshotVersion, sha256: digestOf(content) }
    const part = `${file}.${process.pid}`
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(part, `${JSON.stringify(header)}\n${content}`, { mode: 0o600 })
      renameSync(part, file)
    } catch (cause) {
      return { reason: 'not_written', cause }
    }
    written = content
    return null
  }
}

/** Explains a failure to whoever started the simulator, with what to do. */
export function explainStateFailure(failure: StateFailure, file: string): string {
  const remedy = `Delete the file to begin with nothing (npm start -- --fresh also empties the payment server).`
  switch (failure.reason) {
    case 'unreadable':
      return `Cannot read the state ${file}: ${messageOf(failure.cause)}`
    case 'not_written':
      return `Cannot write the state ${file}: ${messageOf(failure.cause)}`
    case 'corrupt':
      return `The state ${file} is damaged. ${remedy}`
    case 'other_version':
      return `The state ${file} has version ${failure.version}, this simulator reads ${snapshotVersion}. ${remedy}`
    case 'too_large':
      return `The state ${file} would have ${failure.bytes} bytes, ${maxBytes} are the limit. ${remedy}`
  }
}

function refuse(failure: StateFailure): ReadState {
  return { ok: false, failure }
}

interface Header {
  readonly format: typeof format
  readonly version: number
  readonly sha256: string
}

function isHeader(value: unknown): value is Header {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === format &&
    'version' in value &&
    typeof value.version === 'number' &&
    'sha256' in value &&
    typeof value.sha256 === 'string'
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
