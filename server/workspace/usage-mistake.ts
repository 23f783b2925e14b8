/** A path or an option that cannot be used as it is given: the user's mistake, told in one sentence. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
}
