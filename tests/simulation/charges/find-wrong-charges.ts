/** What the provider and the database show of the charges that were due. */
export interface ChargeCounts {
  readonly due: number
  /** Periods that the server has booked. */
  readonly booked: number
  readonly calls: number
  /** Different orders among the calls. */
  readonly orders: number
}

/** Which charges were forgotten or repeated; an empty list when none was. */
export function findWrongCharges({ due, booked, calls, orders }: ChargeCounts): readonly string[] {
  return [
    ...(booked < due ? [`${due - booked} periods are not booked`] : []),
    ...(orders < due ? [`${due - orders} were never charged`] : []),
    ...(calls > orders ? [`${calls - orders} charges were repeated`] : []),
  ]
}
