/** Text of at most `most` UTF-16 units, cut between characters: never through one that is two units long. */
export function cutText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}
