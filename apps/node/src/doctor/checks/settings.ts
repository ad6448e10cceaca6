import { explainConfig, explainMistake, type MistakenKey, readConfig } from '@quayside/server'
import { readSettings as readProgramSettings, type Values } from '../../settings/settings.ts'
import { type Finding, findingsOf } from '../finding.ts'
import type { ReadableSettings } from '../readable-settings.ts'
import { adviseOn } from './setting-advice.ts'
import { findWeakness } from './weak-secret.ts'

const found = findingsOf('settings')

/** Whether every setting is present and well formed, and no secret can be guessed. */
export function checkSettings(
  { failure, mode, read }: ReadableSettings,
  values: Values,
): readonly Finding[] {
  const { missing = [], malformed = [], mistaken = [] } = failure ?? {}
  const findings = [
    ...missing.map((name) =>
      toFinding('setting_missing', name, [`${name} is missing`, `${name} 설정이 없습니다`]),
    ),
    ...malformed.map((name) => {
      const mistake = mistaken.find((each) => each.name === name)
      const why = mistake === undefined ? '' : `: ${explainMistake(mistake)}`
      return toFinding('setting_malformed', name, [
        `${name} is malformed${why}`,
        mistake === undefined
          ? `${name} 형식이 올바르지 않습니다`
          : explainMistakeInKorean(mistake),
      ])
    }),
    ...findProgramProblems(values).map((problem) =>
      found.problem('setting_malformed', [problem, `설정이 올바르지 않습니다: ${problem}`]),
    ),
    ...secretNames.flatMap((name) => checkSecret(name, read(name), mode === 'live')),
  ]
  return findings.length > 0
    ? findings
    : [found.ok('settings_complete', ['all settings are complete', '모든 설정이 올바릅니다'])]
}

const foundInKorean: Readonly<Record<MistakenKey['found'], string>> = {
  store_id: 'V2 상점 아이디(store-…)가',
  channel_key: '채널 키(channel-key-…)가',
  merchant_code: '가맹점 식별코드(imp로 시작하는 코드)가',
  webhook_secret: 'V2 웹훅 시크릿(whsec_…)이',
  secret: 'V2 API Secret으로 보이는 값이',
  key: 'REST API Key가',
}

function explainMistakeInKorean({ name, found: kind }: MistakenKey): string {
  const wanted = name === 'IMP_KEY' ? 'Key가' : 'Secret이'
  return `${name}에 ${foundInKorean[kind]} 들어 있습니다. V1 REST API ${wanted} 필요합니다`
}

/** What is wrong with the settings of the program itself, beside those of the payment server. */
function findProgramProblems(values: Values): readonly string[] {
  const config = readConfig(values)
  const ofConfig = config.ok ? null : explainConfig(config.failure)
  const settings = readProgramSettings(values)
  return settings.ok ? [] : settings.failure.problems.filter((problem) => problem !== ofConfig)
}

const secretNames = ['MERCHANT_API_KEY', 'ORDER_TOKEN_SECRET', 'EVENT_SECRETS'] as const

function toFinding(code: string, name: string, message: readonly [string, string]): Finding {
  const { en, ko } = adviseOn(name)
  return found.problem(code, message, [en, ko])
}

/** A weak secret is a problem where real money is; a local test may have one that can be typed. */
function checkSecret(name: string, text: string | null, isLive: boolean): readonly Finding[] {
  const weaknesses = (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(findWeakness)
  const weakness = weaknesses.find((each) => each !== null) ?? null
  if (weakness === null) return []
  const make = isLive ? found.problem : found.warning
  const { en, ko } = adviseOn(name)
  switch (weakness) {
    case 'published':
      return [
        make(
          'secret_published',
          [
            `${name} is a value of the documentation, which anybody knows`,
            `${name}이(가) 문서에 공개된 예제 값입니다`,
          ],
          [en, ko],
        ),
      ]
    case 'guessable':
      return [
        make(
          'secret_guessable',
          [`${name} can be guessed`, `${name}을(를) 추측할 수 있습니다`],
          [en, ko],
        ),
      ]
  }
}
