/** How a card is drawn for whoever pressed it; everybody else sees the first page without a notice. */
export interface FaceOptions {
  /** Of a large group, counted from 0; a page that is no longer there shows the last one. */
  readonly page: number;
  /** What is said on top, such as that somebody else was there before. */
  readonly notice: string;
}

export const FIRST_FACE: FaceOptions = { page: 0, notice: '' };
