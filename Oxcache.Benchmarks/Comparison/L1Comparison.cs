namespace Oxcaching.Benchmarks.Comparison;
internal static class L1Comparison { public static void Run() {
 var w = new Workload(10_000);
 using var ours = Caches.Fill(Caches.TinyLfu(10_000), w); using var tti = Caches.Fill(Caches.TinyLfu(10_000, TimeSpan.FromMinutes(10)), w); using var lru = Caches.Fill(Caches.Lru(10_000), w); using var mem = Caches.Fill(Caches.Memory(), w);
 Contestant[] all = [Contestant.Of("dict", new DictionaryHit(Caches.Dictionary(w), w.Lookups)), Contestant.Of("ours", new EngineHit(ours, w.Lookups)), Contestant.Of("tti", new EngineHit(tti, w.Lookups)), Contestant.Of("lru", new LruHit(lru, w.Lookups)), Contestant.Of("mem", new MemoryCacheHit(mem, w.Lookups))];
 foreach (var reqs in new[]{w.Same,w.Zipf}) {
 for (int i=0;i<40;i++) foreach (var c in all) { c.Run(reqs.AsSpan(0, 20000)); Thread.Sleep(1); }
 foreach (var c in all) c.Rounds.Clear();
 for (int i=0;i<60;i++) foreach (var c in all) c.Rounds.Add(c.TimeOf(reqs));
 foreach (var c in all) Console.Write($"{c.Name} {c.Median:F1} ({Statistics.Ratio(c, all[0]):F2})  "); Console.WriteLine(); }
} }
