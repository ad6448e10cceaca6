import type { DatabaseFacts } from '../../database/facts/facts.ts'
import { type Finding, findingsOf } from '../finding.ts'

const found = findingsOf('database')

/** Whether commits survive a power loss, and what else a database server that can be used is set to. */
export function explainFacts(facts: DatabaseFacts): readonly Finding[] {
  const { isolation, unsafeSettings, mayCreateTables } = facts
  return [
    ...(unsafeSettings.length > 0 ? [notDurable(unsafeSettings.join(', '))] : []),
    ...(isolation === 'read committed' || isolation === 'repeatable read'
      ? []
      : [otherIsolation(isolation)]),
    ...(mayCreateTables === false ? [noRightToMigrate] : []),
  ]
}

function notDurable(settings: string): Finding {
  return found.warning(
    'database_not_durable',
    [
      `a power loss may undo committed payments: ${settings}`,
      `정전 시 커밋된 결제가 사라질 수 있습니다: ${settings}`,
    ],
    [
      'set these of the database server back to their defaults',
      '데이터베이스 서버의 해당 설정을 기본값으로 되돌리세요',
    ],
  )
}

function otherIsolation(isolation: string): Finding {
  return found.warning(
    'database_isolation',
    [
      `statements run at the isolation level ${isolation}`,
      `기본 트랜잭션 격리 수준이 ${isolation}입니다`,
    ],
    [
      'set read committed for the user of Quayside: a stricter level conflicts more, a weaker one reads what is not committed',
      'Quayside 사용자의 격리 수준을 read committed로 설정하세요. 더 엄격하면 충돌이 늘고, 더 느슨하면 커밋되지 않은 값을 읽습니다',
    ],
  )
}

const noRightToMigrate = found.warning(
  'database_rights',
  [
    'the database user may not create tables: it can serve, but not migrate',
    '데이터베이스 사용자에게 테이블 생성 권한이 없습니다. 서비스는 되지만 마이그레이션은 할 수 없습니다',
  ],
  [
    'run quayside migrate as another user, or grant CREATE on the schema',
    '다른 사용자로 quayside migrate를 실행하거나 스키마의 CREATE 권한을 주세요',
  ],
)
