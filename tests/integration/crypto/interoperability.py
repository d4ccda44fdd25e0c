#!/usr/bin/env python3
"""interoperability.py GANTRY GOLDEN_FOLDER: encrypted files between Gantry and crypto_format.py.

The golden files must open for both; what each encrypts, the other must open; what is damaged, both must
refuse. With --make it writes the golden files anew (by Gantry).
"""
import os, shutil, subprocess, sys, tempfile

sys.dont_write_bytecode = True
import crypto_format

gantry, golden = os.path.realpath(sys.argv[1]), os.path.realpath(sys.argv[2])
scratch = tempfile.TemporaryDirectory()
home = scratch.name
environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home, NO_COLOR="1")
key_path, passphrase_path = f"{home}/key", f"{home}/passphrase"
shutil.copyfile(f"{golden}/key", key_path)
os.chmod(key_path, 0o600)  # a checkout has no such modes
open(passphrase_path, "wb").write(b"open sesame\n")
key = crypto_format.read_key_file(key_path)
SIZES = {"empty": 0, "small": 20, "passphrase": 20, "chunks": 150_000}
checks = 0


def run(command, data, *options):
    done = subprocess.run([gantry, "crypto", command, "-", "-o", "-", *options], input=data,
                          env=environment, capture_output=True)
    return done.returncode, done.stdout


def options_for(passphrase):
    return ["--passphrase-file", passphrase_path] if passphrase else ["--key-file", key_path]


def secret_for(passphrase):
    return {"passphrase": b"open sesame"} if passphrase else {"key": key}


def text_of(size):
    return bytes((i * 7 + i // 251) & 255 for i in range(size))


def check(holds, what):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"this does not hold: {what}")


def refused_by_both(data, what):
    check(run("decrypt", data, *options_for(False))[0] != 0, f"Gantry refuses {what}")
    try:
        crypto_format.decrypt(data, key=key)
    except crypto_format.Refused:
        return check(True, what)
    check(False, f"the other program refuses {what}")


if "--make" in sys.argv:
    for name, size in SIZES.items():
        cipher = ["--cipher", "chacha20-poly1305"] if name == "small" else []
        status, sealed = run("encrypt", text_of(size), *options_for(name == "passphrase"), *cipher)
        check(status == 0, "Gantry encrypts")
        open(f"{golden}/{name}.enc", "wb").write(sealed)

for name, size in SIZES.items():
    sealed = open(f"{golden}/{name}.enc", "rb").read()
    passphrase = name == "passphrase"
    check(crypto_format.decrypt(sealed, **secret_for(passphrase)) == text_of(size),
          f"the other program opens {name}.enc")
    check(run("decrypt", sealed, *options_for(passphrase)) == (0, text_of(size)),
          f"Gantry opens {name}.enc")

for size in (0, 1, 65535, 65536, 65537, 300_000):
    for number, cipher in ((1, "aes256-gcm"), (2, "chacha20-poly1305")):
        for passphrase in (False, True):
            what = f"{size} bytes, {cipher}, {'passphrase' if passphrase else 'key file'}"
            if passphrase and size not in (0, 65537):
                continue
            status, sealed = run("encrypt", text_of(size), "--cipher", cipher,
                                 *options_for(passphrase))
            check(status == 0 and
                  crypto_format.decrypt(sealed, **secret_for(passphrase)) == text_of(size),
                  f"the other program opens what Gantry wrote: {what}")
            sealed = crypto_format.encrypt(text_of(size), number, **secret_for(passphrase))
            check(run("decrypt", sealed, *options_for(passphrase)) == (0, text_of(size)),
                  f"Gantry opens what the other program wrote: {what}")

whole = open(f"{golden}/chunks.enc", "rb").read()
refused_by_both(whole[:80 + 2 * 65552], "a file cut off behind a chunk")
refused_by_both(whole[:-1], "a file cut off by a byte")
refused_by_both(whole + b"x", "a file with a byte too many")
refused_by_both(whole[:80] + whole[80 + 65552:80 + 2 * 65552] + whole[80:80 + 65552] +
                whole[80 + 2 * 65552:], "swapped chunks")
for at in (9, 20, 60, 80, 80 + 65552, len(whole) - 1):
    refused_by_both(whole[:at] + bytes([whole[at] ^ 3]) + whole[at + 1:], f"a change of byte {at}")
print(f"{checks} checks hold")
