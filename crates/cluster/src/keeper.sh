# Keeps one server running for as long as anyone holds the lock on stdin, then stops it.
#   keeper GRACE_SECS EMPTY_FOLDER PROGRAM ARGS…
# GRACE_SECS: how long the lock must stay free; EMPTY_FOLDER: emptied afterwards, unless it is "".
grace=$1 throw_away=$2
shift 2

exec 9<&0 </dev/null
trap : INT TERM HUP # a trap that does nothing, rather than '', which the server would inherit

# Should this shell be killed, the kernel stops the server.
if setpriv --pdeathsig INT true 2>/dev/null; then set -- setpriv --pdeathsig INT "$@"; fi
"$@" 9<&- &
server=$!

(
    while flock -x 9; do
        [ "$grace" -eq 0 ] && break
        flock -u 9
        sleep "$grace"
        flock -n -x 9 && break
    done
    kill -INT "$server"
) &

while kill -0 "$server" 2>/dev/null; do wait "$server"; done
status=$?
if [ -n "$throw_away" ]; then find "$throw_away" -mindepth 1 -delete; fi
exec 9<&-
kill -TERM 0 # the waiter, when the server went by itself
exit "$status"
