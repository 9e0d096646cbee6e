import { describe, expect, it } from 'vitest';
import { readPatch } from './readPatch.ts';

// What git printed of a small repository.
const PATCH = `diff --git a/added.txt b/added.txt
new file mode 100644
index 0000000..3e75765
--- /dev/null
+++ b/added.txt
@@ -0,0 +1 @@
+new
diff --git a/empty.txt b/empty.txt
new file mode 100644
index 0000000..e69de29
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
index 286c5f5..0000000
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-gone
diff --git a/old.txt b/new.txt
similarity index 75%
rename from old.txt
rename to new.txt
index b2f931a..b80f223 100644
--- a/old.txt
+++ b/new.txt
@@ -1,5 +1,5 @@
 one
 two
-three
+THREE
 four
 five
diff --git "a/odd dir/\\303\\274.txt" "b/odd dir/\\303\\274.txt"
index 587be6b..e25f181 100644
--- "a/odd dir/\\303\\274.txt"	
+++ "b/odd dir/\\303\\274.txt"	
@@ -1 +1 @@
-x
+y
\\ No newline at end of file
diff --git a/pic.bin b/pic.bin
index da3ca90..d856209 100644
Binary files a/pic.bin and b/pic.bin differ
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
diff --git a/src/nodes.py b/src/nodes.py
index cc6e62c..715ba43 100644
--- a/src/nodes.py
+++ b/src/nodes.py
@@ -1,7 +1,7 @@
 def f(x):
     """Doc
     string."""
-    y = 1
+    y = 2
     return x
 
 
@@ -13,4 +13,4 @@ def g():
     e = 5
     f = 6
     g = 7
-    return 1
+    return 12
`;

describe('a patch', () => {
  const { files, cut } = readPatch(PATCH);
  const named = (path: string) => {
    const file = files.find((candidate) => candidate.path === path);
    if (file === undefined) throw new Error(`The patch has no file ${path}.`);
    return file;
  };

  it('has files, each with what became of it', () => {
    expect(cut).toBe(false);
    expect(files.map(({ path, change, counts }) => [path, change, counts.added, counts.removed])).toEqual([
      ['added.txt', 'added', 1, 0],
      ['empty.txt', 'added', 0, 0],
      ['gone.txt', 'removed', 0, 1],
      ['new.txt', 'renamed', 1, 1],
      ['odd dir/ü.txt', 'changed', 1, 1],
      ['pic.bin', 'changed', 0, 0],
      ['run.sh', 'changed', 0, 0],
      ['src/nodes.py', 'changed', 2, 2],
    ]);
    expect(named('new.txt').previousPath).toBe('old.txt');
    expect(named('pic.bin').binary).toBe(true);
    expect(named('run.sh').mode).toBe('Mode 100644 → 100755');
    expect(files.every(({ rest }) => rest === '')).toBe(true);
  });

  it('says where it leaves lines out, and goes on with the right numbers', () => {
    const [first, gap, second] = named('src/nodes.py').stretches;
    expect(first?.kind).toBe('shown');
    expect(gap).toEqual({ kind: 'left out', place: 'def g():' });
    expect(second?.kind === 'shown' && second.lines.at(-1)).toEqual({
      kind: 'added',
      after: 16,
      text: '    return 12',
    });
  });

  it('tells a missing line break at the end', () => {
    const [only] = named('odd dir/ü.txt').stretches;
    expect(only?.kind === 'shown' && only.lines.map(({ unended }) => unended)).toEqual([undefined, true]);
  });

  it('that was cut off within a hunk is read up to there', () => {
    const at = PATCH.indexOf('     f = 6');
    const broken = readPatch(`${PATCH.slice(0, at)}… the rest of the diff was left out`);
    const last = broken.files.at(-1);
    expect(broken.files).toHaveLength(files.length);
    expect(last?.stretches.flatMap((part) => (part.kind === 'shown' ? part.lines : [])).at(-1)?.text).toBe(
      '    e = 5',
    );
    expect(last?.rest).toBe('… the rest of the diff was left out');
  });

  it('that was cut off in a header keeps the files before', () => {
    for (const end of ['diff --git a/src', '--- a/src/nodes.py\n', '@@ -1,7 +1,7 @@\n']) {
      const broken = readPatch(PATCH.slice(0, PATCH.lastIndexOf(end.slice(0, 12)) + end.length));
      expect(broken.files.slice(0, 7)).toEqual(files.slice(0, 7));
    }
  });

  it('of something else is shown as it stands', () => {
    const [file] = readPatch('diff --git what is this\nfatal: bad object').files;
    expect(file?.rest).toContain('fatal: bad object');
  });

  it('may be empty', () => {
    expect(readPatch('').files).toEqual([]);
  });

  it('is cut at the end of a line where it is endless', () => {
    const lines = Array.from({ length: 500_000 }, (_, n) => `+line ${n}`).join('\n');
    const long = readPatch(`diff --git a/x b/x\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,500000 @@\n${lines}\n`);
    expect(long.cut).toBe(true);
    expect(long.files[0]?.counts.added).toBeGreaterThan(100_000);
  });
});
