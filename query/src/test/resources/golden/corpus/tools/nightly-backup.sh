#!/bin/sh
# Writes database and settings to the USB drive; run by cron at 03:15.
set -eu
drive=${DRIVE:-/media/halmwerk}
[ -d "$drive" ] || { logger -t halmwerk "no drive, no backup"; exit 0; }
tonight=$drive/$(date +%Y-%m-%d).tar.enc
sqlite3 /var/lib/halmwerk/house.db ".backup /tmp/house.db"
tar -c -C /tmp house.db -C /etc/halmwerk . | openssl enc -aes-256-ctr -pbkdf2 -pass file:/etc/halmwerk/secret >"$tonight.part"
mv "$tonight.part" "$tonight"
# Keeps 14 nights and the first of each month.
ls -1r "$drive" | grep -v -- '-01[.]tar' | tail -n +15 | while read -r old; do rm "$drive/$old"; done
