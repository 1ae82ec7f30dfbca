/** What the editor offers to choose from. */
export interface KnownEntity {
  readonly type: string;
  readonly id: string;
  readonly label?: string;
}
