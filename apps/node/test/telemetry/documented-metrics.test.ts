import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/telemetry/metrics.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../../../docs/operations/${name}`, import.meta.url), 'utf8')
const namesIn = (text: string) => new Set(text.match(/quayside_[a-z_]+/g) ?? [])

describe('docs/operations', () => {
  it('names every metric that there is, and rules for alerts use no other', async () => {
    const metrics = createMetrics({ now: () => new Date(0), seconds: () => 0 })
    const help = (await metrics.text()).match(/^# HELP quayside_\S+/gm) ?? []
    const existing = new Set(help.map((line) => line.slice('# HELP '.length)))
    expect(namesIn(read('metrics.md'))).toEqual(existing)
    const used = [...namesIn(read('alerts.yaml'))].map((name) => name.replace(/_count$/, ''))
    expect(used.filter((name) => !existing.has(name))).toEqual([])
  })
})
