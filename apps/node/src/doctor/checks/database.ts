import {
  type DatabaseAddress,
  describeAddress,
  parseDatabaseAddress,
} from '../../database/address.ts'
import type { DatabaseOptions } from '../../database/database.ts'
import type { DatabaseFacts } from '../../database/facts/facts.ts'
import { openDatabase } from '../../database/open.ts'
import {
  type DatabaseSettings,
  readDatabaseSettings,
  type Values,
} from '../../settings/settings.ts'
import { compareClocks } from '../clock.ts'
import { explainFacts } from '../database/explain-facts.ts'
import { explainFailure } from '../database/explain-failure.ts'
import { explainDisk, explainNewFile, fileExists } from '../database/sqlite-file.ts'
import { type Finding, findingsOf } from '../finding.ts'
import type { DoctorDeps } from '../probe.ts'

const found = findingsOf('database')

/** Whether the database can be reached, has every migration, takes writes and keeps what was committed. */
export async function checkDatabase(
  values: Values,
  deps: Pick<DoctorDeps, 'now' | 'log'>,
): Promise<readonly Finding[]> {
  const settings = readDatabaseSettings(values)
  if (!settings.ok) {
    return [
      found.warning(
        'database_not_checked',
        [
          'the database cannot be checked with these settings',
          '이 설정으로는 데이터베이스를 확인할 수 없습니다',
        ],
        ['correct DATABASE_…', 'DATABASE_… 설정을 고치세요'],
      ),
    ]
  }
  const address = parseDatabaseAddress(settings.value.url)
  if (!address.ok) return [explainFailure(address.failure, null)]
  return address.value.kind === 'sqlite'
    ? checkFile(address.value, settings.value, deps)
    : checkServer(address.value, settings.value, deps)
}

async function checkFile(
  address: Extract<DatabaseAddress, { kind: 'sqlite' }>,
  settings: DatabaseSettings,
  deps: Pick<DoctorDeps, 'now' | 'log'>,
): Promise<readonly Finding[]> {
  // Opening it would create it.
  if (!fileExists(address.path)) return [explainNewFile(address.path)]
  return [...(await checkTables(address, settings, deps)), ...explainDisk(address.path)]
}

async function checkServer(
  address: Exclude<DatabaseAddress, { kind: 'sqlite' }>,
  settings: DatabaseSettings,
  deps: Pick<DoctorDeps, 'now' | 'log'>,
): Promise<readonly Finding[]> {
  const ofTables = await checkTables(address, settings, deps)
  const isUsable = ofTables.every(
    ({ level, code }) => level === 'ok' || code.startsWith('migrations_'),
  )
  if (!isUsable) return ofTables
  const askedAtMs = deps.now().getTime()
  const facts = await readFacts(address, settings.connectMs)
  const answeredAtMs = deps.now().getTime()
  const clock = compareClocks(
    { askedAtMs, answeredAtMs, saysMs: facts.timeMs, precisionMs: 1 },
    'clock_of_database',
    ['the database', '데이터베이스'],
  )
  return [...ofTables, ...explainFacts(facts), clock]
}

async function checkTables(
  address: DatabaseAddress,
  settings: DatabaseSettings,
  { now, log }: Pick<DoctorDeps, 'now' | 'log'>,
): Promise<readonly Finding[]> {
  const options: DatabaseOptions = {
    ...settings,
    connections: 1,
    now,
    log,
    enqueueEvent: () => undefined,
  }
  const opened = await openDatabase(address, options)
  if (!opened.ok) return [explainFailure(opened.failure, address)]
  const checked = await opened.value.check()
  await opened.value.close()
  if (!checked.ok) return [explainFailure(checked.failure, address)]
  const place = describeAddress(address)
  return [
    found.ok('database_current', [
      `${place} has every migration`,
      `${place}에 모든 마이그레이션이 적용되어 있습니다`,
    ]),
  ]
}

async function readFacts(
  { kind, url }: Exclude<DatabaseAddress, { kind: 'sqlite' }>,
  limitMs: number,
): Promise<DatabaseFacts> {
  switch (kind) {
    case 'postgres': {
      const { readPostgresFacts } = await import('../../database/facts/postgres.ts')
      return readPostgresFacts(url, limitMs)
    }
    case 'mysql': {
      const { readMysqlFacts } = await import('../../database/facts/mysql.ts')
      return readMysqlFacts(url, limitMs)
    }
  }
}
