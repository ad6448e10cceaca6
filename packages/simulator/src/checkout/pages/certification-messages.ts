import type { Language } from '../../runtime/language.ts'

const korean = {
  title: '본인인증',
  company: '요청 업체',
  name: '이름',
  birthday: '생년월일',
  gender: '성별',
  male: '남자',
  female: '여자',
  phone: '휴대폰 번호',
  carrier: '통신사',
  foreigner: '외국인',
  certify: '인증하기',
  cancel: '취소',
  close: '닫기',
  simulator: '시뮬레이터',
  simulatorNote: '문자는 발송되지 않습니다. 여기에 입력한 정보로 인증됩니다.',
  fail: '인증 실패',
  incomplete: '이름, 생년월일, 휴대폰 번호를 정확히 입력해 주세요.',
  done: {
    certified: '본인인증이 완료되었습니다.',
    failed: '본인인증이 완료되지 않았습니다.',
    unknown: '본인인증 요청을 찾을 수 없습니다.',
  },
  leaveNote: '이 창을 닫아 주세요.',
}

const english: typeof korean = {
  title: 'Identity verification',
  company: 'Requested by',
  name: 'Name',
  birthday: 'Date of birth',
  gender: 'Gender',
  male: 'Male',
  female: 'Female',
  phone: 'Phone number',
  carrier: 'Carrier',
  foreigner: 'Foreign national',
  certify: 'Verify',
  cancel: 'Cancel',
  close: 'Close',
  simulator: 'Simulator',
  simulatorNote: 'No text message is sent. The person you enter here is verified.',
  fail: 'Fail the verification',
  incomplete: 'Enter a name, a date of birth and a phone number.',
  done: {
    certified: 'Your identity was verified.',
    failed: 'Your identity was not verified.',
    unknown: 'Verification not found.',
  },
  leaveNote: 'You can close this window.',
}

/** The verification window's texts by language. */
export const certificationMessages: Readonly<Record<Language, typeof korean>> = {
  ko: korean,
  en: english,
}

/** How a verification window ended. */
export type CertificationEnding = keyof (typeof korean)['done']
