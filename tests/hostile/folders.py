"""Attacks on what is done with files: kills, races, a full disk, folders that are not what they seem."""

import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

OLD = "---\ntitle: Post %d\ndate: 2024-01-02 10:00:00\ntags: [x, x]\n---\n\nSome words of post %d.\n"
FIX = ["--fix", "--select", "taxonomy-duplicate", "--output-format", "concise"]


def old(at):
    return (OLD % (at, at)).encode()


def new(at):
    return old(at).replace(b"[x, x]", b"[x]")


def fill(folder, count, mode=0o640):
    paths = []
    for at in range(count):
        path = Path(folder, f"{at // 100:03}", f"{at}.md")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(old(at))
        path.chmod(mode)
        paths.append(path)
    return paths


def damaged(paths, mode=0o640):
    """What is wrong with the files, and how many are new."""
    faults, done = [], 0
    for at, path in enumerate(paths):
        text = path.read_bytes() if path.exists() else None
        done += text == new(at)
        if text not in (old(at), new(at)):
            faults.append(f"{path.name} is neither old nor new: {text!r}")
        elif path.stat().st_mode & 0o777 != mode:
            faults.append(f"{path.name} has the mode {path.stat().st_mode & 0o777:o}")
    return faults, done


def every(program, kills, measured):
    return [
        (f"{kills} kills in the middle of --fix over 2,000 posts", lambda: killed(program, kills)),
        ("two --fix at once over 2,000 posts", lambda: two(program)),
        ("an editor that saves while --fix runs, 300 times", lambda: editor(program)),
        ("a full disk", lambda: full(program, measured)),
        ("a folder that may not be written", lambda: readonly(program, measured)),
        ("files that vanish and change while they are read", lambda: vanishing(program, measured)),
        ("loops, pipes, devices, sockets, names that are no text", lambda: strange(program, measured)),
        ("control characters in names, titles and messages", lambda: escapes(program, measured)),
        ("20,000 posts with one address, one text and nearly the same tags", lambda: alike(program, measured)),
    ]


def killed(program, rounds):
    random.seed(8)
    begun, faults, hit = time.monotonic(), [], 0
    with tempfile.TemporaryDirectory() as folder:
        paths = fill(folder, 2_000)
        # How long it takes undisturbed: kills are spread over that.
        start = time.monotonic()
        subprocess.run([program, "check", folder, *FIX], capture_output=True, check=False)
        whole = time.monotonic() - start
        for _ in range(rounds):
            for at, path in enumerate(paths):
                if path.read_bytes() != old(at):
                    path.write_bytes(old(at))
            child = subprocess.Popen([program, "check", folder, *FIX], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, whole))
            child.send_signal(signal.SIGKILL)
            child.wait()
            found, done = damaged(paths)
            faults += found
            hit += 0 < done < len(paths)
        subprocess.run([program, "check", folder, *FIX], capture_output=True, check=False)
        found, done = damaged(paths)
        faults += found
        if done != len(paths):
            faults.append(f"a run after the kills mended {done} of {len(paths)}")
        litter = [path.name for path in Path(folder).rglob("*") if path.is_file() and path.suffix != ".md"]
        if any(not name.startswith(".postlint-") for name in litter):
            faults.append(f"left lying: {litter[:3]}")
    outcome = f"every file old or new, whole; {hit} kills hit in the middle; {len(litter)} hidden temporary files left"
    return outcome, faults[:5], time.monotonic() - begun, 0


def two(program):
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        paths = fill(folder, 2_000)
        children = [subprocess.Popen([program, "check", folder, *FIX], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
        said = [child.communicate()[0].decode() for child in children]
        faults, done = damaged(paths)
        if done != len(paths):
            faults.append(f"{done} of {len(paths)} are mended; {said[0][-200:]} {said[1][-200:]}")
        for child, text in zip(children, said):
            lost = [line for line in text.splitlines() if line.startswith("error: ") and "it changed while it was being checked" not in line]
            if child.returncode not in (0, 2) or lost:
                faults.append(f"exit status {child.returncode}: {lost[:2]}")
    return "every post mended once; a loser of a race says so", faults[:5], time.monotonic() - begun, 0


def editor(program):
    """An editor that saves as editors do, by a new file in the place of the old: the last word is the writer's."""
    begun, faults = time.monotonic(), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.md")
        for turn in range(300):
            path.write_bytes(old(0))
            saved = old(0).replace(b"Some words", b"%d words" % turn)
            child = subprocess.Popen([program, "check", str(path), *FIX], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, 0.03))
            fresh = Path(folder, "fresh")
            fresh.write_bytes(saved)
            os.replace(fresh, path)
            child.wait()
            if path.read_bytes() not in (saved, saved.replace(b"[x, x]", b"[x]")):
                faults.append(f"turn {turn}: what was saved is gone: {path.read_bytes()!r}")
    return "what was saved stays, mended or not", faults[:5], time.monotonic() - begun, 0


def full(program, measured):
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, check=False)
        if mounted.returncode:
            return "skipped: nothing may be mounted here", [], 0, 0
        try:
            text = old(0) + b"word " * 8_000
            paths = [Path(folder, f"{at}.md") for at in range(6)]
            for path in paths:
                path.write_bytes(text)
            ballast = os.open(Path(folder, "ballast"), os.O_WRONLY | os.O_CREAT)
            try:
                while os.write(ballast, b"x" * 4096):
                    pass
            except OSError:
                os.close(ballast)
            before = {path: path.read_bytes() for path in paths}
            status, said, seconds, mebibytes = measured(60, [program, "check", folder, *FIX], folder)
            faults = [f"{path.name} was damaged" for path in paths if path.read_bytes() != before[path]]
            if status != 2 or "left as it was" not in said or "No space" not in said:
                faults.append(f"exit status {status}: {said[-300:]}")
            return "every file as it was; each is named with the reason, exit status 2", faults, seconds, mebibytes
        finally:
            subprocess.run(["umount", folder], check=False)


def readonly(program, measured):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        inner = Path(folder, "posts")
        inner.mkdir()
        Path(inner, "a.md").write_bytes(old(0))
        secret = Path(inner, "secret.md")
        secret.write_bytes(old(1))
        secret.chmod(0)
        command = [program, "check", str(inner), *FIX]
        if os.geteuid() == 0:
            # Root may write everywhere, so somebody else tries.
            if not shutil.which("setpriv") or not os.access(program, os.X_OK):
                return "skipped: nobody but root is here", [], 0, 0
            copy = Path(folder, "postlint")
            shutil.copy(program, copy)
            copy.chmod(0o755)
            command = ["setpriv", "--reuid=65534", "--clear-groups", str(copy), *command[1:]]
        inner.chmod(0o555)
        status, said, seconds, mebibytes = measured(60, command, folder)
        inner.chmod(0o755)
        secret.chmod(0o600)
        faults = []
        if Path(inner, "a.md").read_bytes() != old(0) or secret.read_bytes() != old(1):
            faults.append("a file was changed")
        if status != 2 or "a.md: left as it was" not in said or "secret.md: " not in said:
            faults.append(f"exit status {status}: {said[-300:]}")
        return "every file as it was; each is named with the reason, exit status 2", faults, seconds, mebibytes


def vanishing(program, measured):
    with tempfile.TemporaryDirectory() as folder:
        paths = fill(folder, 3_000)
        stop = threading.Event()

        def meddle():
            while not stop.is_set():
                path = random.choice(paths)
                try:
                    path.unlink(missing_ok=True) if random.random() < 0.5 else path.write_bytes(old(7) * random.randint(0, 50))
                except OSError:
                    pass

        thread = threading.Thread(target=meddle)
        thread.start()
        try:
            status, said, seconds, mebibytes = measured(60, [program, "check", folder, "--output-format", "concise"], folder)
        finally:
            stop.set()
            thread.join()
        faults = [] if status in (1, 2) and "internal trouble" not in said and "panicked" not in said else [f"exit status {status}: {said[-300:]}"]
        return "what is there is checked, what is gone is named", faults, seconds, mebibytes


def strange(program, measured):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.md").write_bytes(old(0))
        os.symlink(folder, Path(folder, "loop"))
        os.symlink("ring.md", Path(folder, "ring.md"))
        os.symlink("nowhere.md", Path(folder, "dangling.md"))
        os.mkfifo(Path(folder, "pipe.md"))
        import socket

        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(Path(folder, "socket.md")))
        for name in (b"line\nbreak.md", b"caf\xe9.md", b"\xff\xfe.md", b"-rf.md", b" .md", "日本語.md".encode()):
            with open(os.path.join(folder.encode(), name), "wb") as file:
                file.write(old(0))
        status, said, seconds, mebibytes = measured(60, [program, "check", ".", "--fix", "--select", "taxonomy-duplicate"], folder)
        fixed = sum(
            open(os.path.join(folder.encode(), name), "rb").read() == new(0)
            for name in os.listdir(folder.encode())
            if name.endswith(b".md") and os.path.isfile(os.path.join(folder.encode(), name))
        )
        listener.close()
        faults = [] if fixed == 7 and status in (0, 2) else [f"{fixed} of 7 posts were mended, exit status {status}: {said[-400:]}"]
        return "the 7 posts are mended, the rest is passed over or named", faults, seconds, mebibytes


def escapes(program, measured):
    faults, worst, memory = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        evil = b"\x1b]0;owned\x07\x1b[2J\xc2\x9b31m"
        with open(os.path.join(folder.encode(), b"a\x1b[2J::error::x\n.md"), "wb") as file:
            file.write(b"---\ntitle: " + evil + b"\ndate: " + evil + b"%0A::error::x\ntags: [" + evil + b", " + evil + b"]\n---\n\n<b>" + evil + b"</i>\n")
        for form in ("full", "concise", "grouped", "json", "json-lines", "github", "gitlab", "junit", "sarif", "checkstyle", "rdjson"):
            status, said, seconds, mebibytes = measured(60, [program, "check", ".", "--generator", "hexo", "--output-format", form], folder)
            worst, memory = max(worst, seconds), max(memory, mebibytes)
            bad = sorted({char for char in said if ord(char) < 32 and char not in "\n\t" or 0x7F <= ord(char) < 0xA0})
            if bad or status not in (1, 2):
                faults.append(f"{form}: exit status {status}, control characters {bad!r}")
            if form == "github" and any(line.startswith("::") and "title=postlint" not in line for line in said.splitlines()):
                faults.append("a workflow command of the post's own")
    return "no format lets a control character or a workflow command through", faults, worst, memory


def alike(program, measured):
    """Each of them has all the others to tell of."""
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder, "source", "_posts")
        posts.mkdir(parents=True)
        Path(folder, "_config.yml").write_text("title: Alike\n")
        for at in range(20_000):
            tags = f"tags: [jav{at}a, jav{at}b]\npermalink: rain/\n"
            (posts / f"{at}.md").write_text(f"---\ntitle: Rain\ndate: 2024-01-02 10:00:00\n{tags}---\n\n" + "It rained all night, and nobody slept.\n" * 8)
        command = [program, "check", ".", "--no-cache", "--generator", "hexo", "--output-format", "concise"]
        status, said, seconds, mebibytes = measured(60, command, folder)
        told = said.count("post-url-duplicate"), said.count("post-duplicate")
        faults = [] if status == 1 and told == (20_000, 20_000) else [f"exit status {status}, {told} findings: {said[-300:]}"]
        if seconds > 15:
            faults.append(f"it took {seconds:.1f} s, 15 are allowed")
    return "each is told of, and time does not grow with the square", faults, seconds, mebibytes
