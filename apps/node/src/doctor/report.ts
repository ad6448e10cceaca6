import type { Language } from '@quayside/core'
import type { Text } from '../terminal/language.ts'
import { toPrintable } from '../terminal/printable.ts'
import type { CheckName, Finding } from './finding.ts'

type Level = Finding['level']

const levelNames: Readonly<Record<Level, Text>> = {
  ok: { en: 'ok     ', ko: '정상' },
  warning: { en: 'warning', ko: '주의' },
  problem: { en: 'problem', ko: '문제' },
}
const order: readonly CheckName[] = [
  'node',
  'settings',
  'database',
  'provider',
  'webhook',
  'receiver',
  'confirm',
  'pages',
  'clock',
]

/** The worst level among findings. */
export function worstOf(findings: readonly Finding[]): Level {
  const has = (level: Level) => findings.some((finding) => finding.level === level)
  if (has('problem')) return 'problem'
  return has('warning') ? 'warning' : 'ok'
}

/** The report for people. */
export function formatReport(findings: readonly Finding[], language: Language): string {
  const lines = sort(findings).flatMap(({ check, level, message, advice }) => [
    `${levelNames[level][language]}  ${check.padEnd(8)}  ${toPrintable(message[language])}`,
    ...(advice === null ? [] : [`${' '.repeat(9)}→ ${toPrintable(advice[language])}`]),
  ])
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length
  const [problems, warnings] = [count('problem'), count('warning')]
  const summary: Text = {
    en: `${problems} problems, ${warnings} warnings`,
    ko: `문제 ${problems}건, 주의 ${warnings}건`,
  }
  return [...lines, '', summary[language]].join('\n')
}

/** The report for programs, on one line. */
export function toJsonReport(findings: readonly Finding[], language: Language): string {
  return JSON.stringify({
    status: worstOf(findings),
    findings: sort(findings).map(({ check, level, code, message, advice }) => ({
      check,
      level,
      code,
      message: toPrintable(message[language]),
      advice: advice === null ? null : toPrintable(advice[language]),
    })),
  })
}

function sort(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => order.indexOf(a.check) - order.indexOf(b.check))
}
