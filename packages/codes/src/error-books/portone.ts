import type { Row } from './row.ts'

/** The provider's own codes. */
export const portone: readonly Row[] = [
  [
    'F1001',
    '요청에 맞는 결제 채널이 등록되어 있지 않습니다.',
    'No channel is registered for the request.',
    'after_correction',
  ],
  [
    'F1002',
    '이미 결제된 주문번호입니다. 결제 내역을 조회해 주세요.',
    'This order id is paid already. Look the payment up.',
    'never',
  ],
  ['F0004', 'PG사가 결제 요청을 거절했습니다.', 'The PG refused the request.', 'after_correction'],
  ['F400', '요청이 올바르지 않습니다.', 'The request is not valid.', 'after_correction'],
  [
    'F500',
    '서버 또는 통신 오류가 발생했습니다.',
    'The server or the connection failed.',
    'look_up',
  ],
  ['PG_PROVIDER_ERROR', 'PG사에서 오류가 발생했습니다.', 'The PG reported a failure.', 'look_up'],
  ['PORTONE_ERROR', '포트원에서 오류가 발생했습니다.', 'PortOne reported a failure.', 'look_up'],
  ['NOT_READY', '설정된 결제 채널이 없습니다.', 'No channel is set up.', 'after_correction'],
  ['NOT READY', '팝업이 차단되었습니다.', 'The popup was blocked.', 'by_buyer'],
  [
    'SCRIPT_LOAD_FAILED_ON_SDK',
    '결제창 스크립트를 불러오지 못했습니다.',
    'The script of the payment window could not be loaded.',
    'by_buyer',
  ],
  [
    'SCRIPT_FAILED_ON_SDK',
    '결제창 스크립트 실행에 실패했습니다.',
    'The script of the payment window failed.',
    'look_up',
  ],
  [
    'BadRequest',
    '결제 모듈 요청이 올바르지 않습니다.',
    'The request to the payment module is not valid.',
    'after_correction',
  ],
  [
    'UnknownError',
    '결제 모듈에서 알 수 없는 오류가 발생했습니다.',
    'The payment module failed without a reason.',
    'look_up',
  ],
]
