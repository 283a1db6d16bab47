use std::path::Path;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let get = |n: &str| args.iter().position(|a| a == n).map(|i| args[i + 1].clone());
    let mut f = scorecard::diagnostic::Findings::default();
    let d = scorecard::definition::Definition::load(Path::new(&get("--definitions").unwrap()), &mut f);
    if let Some(d) = d {
        let a = scorecard::months::Archive::open(&d, Path::new(&get("--data").unwrap()), &mut f);
        let m = a.choose(get("--month").map(|m| m.parse().unwrap()), &mut f).unwrap();
        let s = scorecard::scorecard::Scorecard::new(&a, m, &[get("--area").unwrap()], &mut f);
        let mut out = Vec::new();
        scorecard::render::tidy::write(&s, &mut out).unwrap();
        f.append(a.take_findings());
        if !f.has_errors() {
            print!("{}", String::from_utf8(out).unwrap());
            return;
        }
    }
    for x in f.sorted() {
        eprintln!("{:?} {} {} {}", x.code, x.place.as_ref().map_or(String::new(), |p| p.to_string()), x.found, x.remedy);
    }
    std::process::exit(1);
}
