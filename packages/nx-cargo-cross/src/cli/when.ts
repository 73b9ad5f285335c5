/** Moments as a person of this machine reads them. */

/** The time; with the day where that is not the day of `now`. */
export function sayMoment(milliseconds: number, now: number): string {
  const [moment, today] = [new Date(milliseconds), new Date(now)];
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  return day(moment) === day(today) ? time : `${day(moment)} ${time}`;
}
