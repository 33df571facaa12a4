proof-title = The proof that nothing was removed from the log
proof-lead = Each line of the log is given a place, and the whole is signed every few seconds. What you keep today will let you show later, without asking anybody, that no line was changed or removed.
proof-keep-title = 1. Keep today’s point
proof-keep = A point is a short signed text: how many lines, and the fingerprint of them all. It says nothing about anybody. Keep one now and then, elsewhere than on this device: printed, e-mailed to yourself, with a colleague.
proof-size = { $n ->
    [one] { $n } line signed
   *[other] { $n } lines signed
}
proof-signed = on { $x }
proof-keep-do = Keep this point
proof-take-title = 2. Take the lines
proof-take = Those you may read are there in full; of the others only the fingerprint. Take everything from the beginning, or what follows the last point you verified.
proof-lines = Lines { $x } to { $y }
proof-take-do = Take
proof-verify-title = 3. Verify, without Filet
proof-verify = The verifier is a page that opens from your disk, even without a network: give it the lines, and the points you had kept. It says whether everything is there, or which line is missing.
proof-verify-do = Take the verifier
proof-late = Lines written since { $x } are not signed yet. It should take a few seconds: ask whoever administers the platform why.
proof-none = Nothing is signed yet. The first lines will be in a few seconds: come back to this page.
proof-key-title = The key of the log
proof-key = It is what recognises the signature. Compare it with the one you were handed when you began: if it has changed, ask why before you trust the rest.
proof-limits-title = What this proof does not say
proof-limits = A line written some seconds ago may not be signed yet. A line you may not read is there, but you do not know what it says: somebody else, who may, can verify it. And the verifier is worth what the hand that gave it is worth: take it from elsewhere than here if you want to do without trust altogether.
proof-command = On the command line: “filet verify-log FILES --key KEY --kept POINT”.
act-access-log-points = See what is signed of the log
act-access-log-prove = Take the proof of the log
