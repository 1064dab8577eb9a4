export interface QuietHours {
  /** Minutes since midnight, local time. */
  start: number;
  end: number;
}

export interface Message {
  level: 1 | 2 | 3;
  text: string;
}

/** Level 3 always passes; the rest waits while it is quiet. */
export function mayPass(message: Message, minute: number, quiet: QuietHours): boolean {
  return message.level === 3 || !isQuiet(minute, quiet);
}

export function isQuiet(minute: number, { start, end }: QuietHours): boolean {
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** Joins what was held back into one message for the morning. */
export function digest(held: Message[]): string {
  return held
    .sort((a, b) => b.level - a.level)
    .map((message) => `${message.level}: ${message.text}`)
    .join("\n");
}
