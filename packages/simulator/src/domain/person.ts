import { flagOf, type Params, textOf } from '../runtime/params.ts'
import type { Person } from './certification.ts'

const carriers = ['SKT', 'KT', 'LGT']

/** Reads the person of an OTP request; null when something is missing or invalid. */
export function readPerson(params: Params): Person | null {
  const name = textOf(params, 'name')
  const phone = digitsOf(params, 'phone')
  const carrier = textOf(params, 'carrier') ?? ''
  const digit = Number(textOf(params, 'gender_digit') ?? 0)
  const birthday = birthdayOf(digitsOf(params, 'birth'), digit)
  const isComplete = name !== null && birthday !== null && /^01\d{8,9}$/.test(phone)
  if (!isComplete || !carriers.includes(carrier)) return null
  return {
    name,
    birthday,
    gender: digit % 2 === 1 ? 'male' : 'female',
    foreigner: digit > 4,
    phone,
    carrier: flagOf(params, 'is_mvno') ? `${carrier}_MVNO` : carrier,
  }
}

/** An ISO date from six or eight digits and the gender digit, which implies the century; null when invalid. */
function birthdayOf(digits: string, genderDigit: number): string | null {
  if (![1, 2, 3, 4, 5, 6, 7, 8].includes(genderDigit)) return null
  const century = [1, 2, 5, 6].includes(genderDigit) ? '19' : '20'
  const eightDigits = digits.length === 6 ? `${century}${digits}` : digits
  const iso = eightDigits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const day = new Date(`${iso}T00:00:00Z`)
  if (Number.isNaN(day.getTime())) return null
  return day.toISOString().slice(0, 10) === iso ? iso : null
}

function digitsOf(params: Params, name: string): string {
  return (textOf(params, name) ?? '').replaceAll(/[-.\s]/g, '')
}
