import type { Language } from '@quayside/core'
import { describeCause } from '@quayside/server'
import { type DatabaseAddress, describeAddress } from '../../database/address.ts'
import {
  type DatabaseFailure,
  type Explanation,
  explainDatabase,
  toLine,
} from '../../database/failure.ts'
import { type Finding, findingsOf } from '../finding.ts'

const found = findingsOf('database')

/** Says why a database cannot be used and what to do. */
export function explainFailure(failure: DatabaseFailure, address: DatabaseAddress | null): Finding {
  const place = address === null ? 'DATABASE_URL' : describeAddress(address)
  const user = address !== null && address.kind !== 'sqlite' ? address.user : ''
  const english = explainDatabase(failure, address)
  const korean = toKorean(failure, place, user)
  const isAdvised = english.advice !== null && korean.advice !== null
  return found.problem(
    failure.reason,
    [english.fact, korean.fact],
    isAdvised ? [english.advice, korean.advice] : null,
  )
}

/** The same in one line. */
export function explainInLine(
  failure: DatabaseFailure,
  address: DatabaseAddress | null,
  language: Language,
): string {
  const { message, advice } = explainFailure(failure, address)
  return toLine({ fact: message[language], advice: advice?.[language] ?? null })
}

function toKorean(failure: DatabaseFailure, place: string, user: string): Explanation {
  switch (failure.reason) {
    case 'address_malformed':
      return {
        fact: 'DATABASE_URL을 해석할 수 없습니다',
        advice:
          'postgres://, mysql:// 주소나 SQLite 파일 경로로 고치세요. 비밀번호의 특수문자는 퍼센트 인코딩해야 합니다(#은 %23)',
      }
    case 'connection_refused':
      return {
        fact: `${place}에 연결할 수 없습니다`,
        advice: '데이터베이스를 시작하거나 DATABASE_URL의 호스트와 포트를 고치세요',
      }
    case 'host_unknown':
      return {
        fact: `${place}의 호스트를 찾을 수 없습니다`,
        advice: 'DATABASE_URL의 호스트 이름을 고치세요',
      }
    case 'connection_timeout':
      return {
        fact: `${place}이(가) 제시간에 응답하지 않습니다`,
        advice: '네트워크, 방화벽, 데이터베이스 부하를 확인하세요',
      }
    case 'tls_failed':
      return {
        fact: `${place}에 TLS로 연결하지 못했습니다: ${describeCause(failure.cause)}`,
        advice: 'DATABASE_URL의 매개변수와 인증서를 확인하세요',
      }
    case 'authentication_failed':
      return {
        fact: `${place}의 사용자 이름 또는 비밀번호가 올바르지 않습니다`,
        advice: 'DATABASE_URL을 고치세요',
      }
    case 'database_missing':
      return {
        fact: `${place} 데이터베이스가 없습니다`,
        advice: '데이터베이스를 만들거나 DATABASE_URL의 이름을 고치세요',
      }
    case 'rights_missing':
      return {
        fact: `${place}에서 사용자 ${user}의 권한이 부족합니다: ${describeCause(failure.cause)}`,
        advice: '권한을 부여하세요',
      }
    case 'read_only':
      return {
        fact: `${place}은(는) 읽기 전용입니다`,
        advice: '주 서버의 주소를 설정하거나 파일에 쓰기 권한을 주세요',
      }
    case 'disk_full':
      return { fact: `${place}의 디스크가 가득 찼습니다`, advice: '공간을 확보하세요' }
    case 'too_many_connections':
      return {
        fact: `${place}에 남은 연결이 없습니다`,
        advice: 'DATABASE_CONNECTIONS를 줄이거나 데이터베이스의 연결 한도를 늘리세요',
      }
    case 'path_missing':
      return { fact: `${place}의 폴더가 없습니다`, advice: '폴더를 만들거나 경로를 고치세요' }
    case 'path_not_writable':
      return {
        fact: `${place}을(를) 쓰기용으로 열 수 없습니다`,
        advice: '파일과 폴더의 쓰기 권한을 주세요',
      }
    case 'not_a_database':
      return {
        fact: `${place}은(는) SQLite 파일이 아니거나 손상되었습니다`,
        advice: '경로를 고치거나 파일을 복원하세요',
      }
    case 'database_locked':
      return {
        fact: `${place}을(를) 다른 프로그램이 잠그고 있습니다`,
        advice: '트랜잭션을 열어 둔 프로그램을 종료하세요',
      }
    case 'database_failed':
      return {
        fact: `${place}에서 오류가 발생했습니다: ${describeCause(failure.cause)}`,
        advice: null,
      }
    case 'version_unsupported':
      return {
        fact: `${place}의 버전은 ${failure.version}입니다`,
        advice: `${failure.required} 이상으로 업그레이드하세요`,
      }
    case 'encoding_unsupported':
      return {
        fact: `${place}의 인코딩은 ${failure.found}입니다`,
        advice: `${failure.required}로 데이터베이스를 만드세요`,
      }
    case 'migrations_missing':
      return {
        fact: `${place}에 적용되지 않은 마이그레이션이 있습니다: ${failure.missing.join(', ')}`,
        advice: 'quayside migrate를 실행하세요',
      }
    case 'migrations_unknown':
      return {
        fact: `${place}은(는) 더 새로운 버전의 Quayside가 마이그레이션했습니다(${failure.unknown.join(', ')})`,
        advice: '해당 버전을 실행하세요',
      }
  }
}
