import type { ImpUid, MerchantUid, Result, StoreFailure } from '@quayside/core'
import type {
  ExpectedDigests,
  IdentityRequest,
  IdentityResult,
  IdentityVerification,
} from '../domain/identity-verification.ts'

/** A verification to be created. */
export interface NewIdentityVerification extends IdentityRequest {
  /** The `merchant_uid` of its window: unguessable, and used once. */
  readonly id: MerchantUid
  /** The person who has to be verified, as digests; null for anybody. */
  readonly expected: ExpectedDigests | null
}

/** The identity verifications. None has a name, a birthday, a phone, a CI or a DI. */
export interface IdentityVerifications {
  /** Creates a verification unless its id exists, and returns it. */
  create(verification: NewIdentityVerification): Promise<Result<IdentityVerification, StoreFailure>>
  /** Returns a verification; null when it does not exist. */
  find(id: MerchantUid): Promise<Result<IdentityVerification | null, StoreFailure>>
  /**
   * Writes the result and its event, if the verification is still as it was read, no other one has this `imp_uid`, and, of a
   * verified one that is once per person, no other verified one of the same purpose has the person. What was expected of
   * the person is deleted. Where the provider's record is to be deleted, that is due at once.
   *
   * @param verification The verification as it was read.
   * @param result The result.
   * @returns The verification as it is then; null when it was deleted. With the sequence that was read, it was not written
   * because of another verification.
   */
  record(
    verification: IdentityVerification,
    result: IdentityResult,
  ): Promise<Result<IdentityVerification | null, StoreFailure>>
  /**
   * Marks a verified one as used, unless it was used before.
   *
   * @returns The verification as it is then; null when it does not exist.
   */
  use(
    id: MerchantUid,
    reference: string,
  ): Promise<Result<IdentityVerification | null, StoreFailure>>
  /**
   * Requests that the provider's record is deleted, which is due after a lease of 50 seconds: the caller deletes it at once.
   * Without an effect when there is no result yet, and when the deletion was requested before.
   *
   * @returns The verification as it is then; null when it does not exist.
   */
  requestDeletion(id: MerchantUid): Promise<Result<IdentityVerification | null, StoreFailure>>
  /**
   * Leases deletions that are due, for 50 seconds.
   *
   * @param limit How many at most.
   */
  claimDeletions(limit: number): Promise<Result<readonly RecordToDelete[], StoreFailure>>
  /**
   * Records a try to delete a record of the provider. One that is not known to be deleted is due again after the lease, or
   * after a quarter of its age when that is longer.
   */
  settleDeletion(id: MerchantUid, isDeleted: boolean): Promise<Result<null, StoreFailure>>
  /**
   * Deletes verifications whose time is over, the oldest first. Of those whose record is still to be deleted at the provider
   * only what that needs is kept, until it is deleted: nobody finds them any more. Returns how many were deleted, and how many
   * emptied.
   *
   * @param most How many of each at most.
   */
  deleteExpired(most: number): Promise<Result<number, StoreFailure>>
}

/** A record of the provider that is to be deleted, and its verification. */
export interface RecordToDelete {
  /** The verification. */
  readonly id: MerchantUid
  /** The provider's id of it, by which its record is deleted. */
  readonly impUid: ImpUid
}
