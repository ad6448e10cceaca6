import { existsSync } from 'node:fs'
import type { Language } from '@quayside/core'
import { createLog } from '@quayside/server'
import {
  type DatabaseAddress,
  describeAddress,
  parseDatabaseAddress,
} from '../../database/address.ts'
import type { DatabaseFailure } from '../../database/failure.ts'
import { explainInLine } from '../../doctor/database/explain-failure.ts'
import { openLocalApi } from '../../merchant-api/local.ts'
import type { ApiFailure, MerchantApi } from '../../merchant-api/merchant-api.ts'
import { connectRemoteApi, type RemoteFailure } from '../../merchant-api/remote.ts'
import { readSettings, type Values } from '../../settings/settings.ts'
import type { Text } from '../../terminal/language.ts'
import { toPrintable } from '../../terminal/printable.ts'
import { createTransport } from '../../transport/keep-alive.ts'
import { exitCodes } from '../exit-codes.ts'
import { reportSettings, say } from '../report.ts'
import { type LanguageFlags, toLanguage } from './language-flag.ts'

/** The flags of the commands that use the merchant API. */
export interface ApiFlags extends LanguageFlags {
  /** The address of a server elsewhere. */
  readonly url?: string
}

/** Opens the merchant API of the settings, or of the server that `--url` names, and closes it afterwards. Returns the exit code. */
export async function withMerchantApi(
  values: Values,
  flags: ApiFlags,
  work: (api: MerchantApi, language: Language) => Promise<number>,
): Promise<number> {
  const language = toLanguage(flags)
  const opened =
    flags.url === undefined
      ? await openLocal(values, language)
      : openRemote(flags.url, values, language)
  if (typeof opened === 'number') return opened
  try {
    return await work(opened, language)
  } finally {
    await opened.close()
  }
}

/** Writes why a call failed, and returns the exit code. */
export function reportApiFailure(failure: ApiFailure, language: Language): number {
  switch (failure.reason) {
    case 'refused': {
      const detail = failure.detail === null ? '' : `: ${failure.detail}`
      say(toPrintable(`${failure.title}${detail} (${failure.error})`))
      break
    }
    case 'unreachable':
      say(toPrintable(`${unreachable[language]}: ${failure.cause}`))
      break
    case 'another_server':
      say(`${anotherServer[language]} (HTTP ${failure.status})`)
      break
  }
  return exitCodes.failed
}

const unreachable: Text = {
  en: 'The server does not answer. Check the address of --url',
  ko: '서버가 응답하지 않습니다. --url 주소를 확인하세요',
}
const anotherServer: Text = {
  en: 'What answers is no payment server. Check the address of --url and the proxy in front of it',
  ko: '결제 서버가 아닌 응답입니다. --url 주소와 앞단의 프록시를 확인하세요',
}

/** The API, or the exit code once it was said why there is none. */
type Opened = MerchantApi | number

async function openLocal(values: Values, language: Language): Promise<Opened> {
  const settings = readSettings(values)
  if (!settings.ok) return reportSettings(settings.failure)
  const { config, database, proxies } = settings.value
  const address = parseDatabaseAddress(database.url)
  if (!address.ok) return reportDatabase(address.failure, null, language)
  // Opening it would create it.
  if (address.value.kind === 'sqlite' && !existsSync(address.value.path)) {
    const text: Text = {
      en: 'does not exist. Set DATABASE_URL to the database of the server',
      ko: '파일이 없습니다. DATABASE_URL을 서버가 쓰는 데이터베이스로 설정하세요',
    }
    say(`${describeAddress(address.value)} ${text[language]}`)
    return exitCodes.database
  }
  const now = () => new Date()
  const log = createLog((line) => process.stderr.write(`${line}\n`), now)
  const api = await openLocalApi({
    config,
    address: address.value,
    database,
    language,
    transport: createTransport(proxies),
    now,
    log,
  })
  return api.ok ? api.value : reportDatabase(api.failure, address.value, language)
}

function reportDatabase(
  failure: DatabaseFailure,
  address: DatabaseAddress | null,
  language: Language,
): number {
  say(explainInLine(failure, address, language))
  return failure.reason === 'address_malformed' ? exitCodes.settings : exitCodes.database
}

function openRemote(url: string, values: Values, language: Language): Opened {
  const [key = ''] = (values['MERCHANT_API_KEY'] ?? '').split(',')
  if (key.trim() === '') {
    const text: Text = {
      en: 'MERCHANT_API_KEY is missing: set it to the key of that server',
      ko: 'MERCHANT_API_KEY가 없습니다. 해당 서버의 키를 설정하세요',
    }
    say(text[language])
    return exitCodes.settings
  }
  const api = connectRemoteApi(url, key.trim(), language, (request) => fetch(request))
  if (api.ok) return api.value
  say(explainUrl(api.failure)[language])
  return exitCodes.settings
}

function explainUrl({ reason }: RemoteFailure): Text {
  switch (reason) {
    case 'url_malformed':
      return {
        en: '--url must be the address of the server, without a query: https://pay.shop.example',
        ko: '--url에 서버 주소를 쿼리 문자열 없이 입력하세요: https://pay.shop.example',
      }
    case 'url_not_https':
      return {
        en: '--url must begin with https: the key could be read on the way',
        ko: '--url은 https로 시작해야 합니다. 전송 중에 키가 노출될 수 있습니다',
      }
  }
}
