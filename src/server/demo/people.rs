//! Who works at Mildwinter, and what for.

use chrono::Weekday;

use crate::domain::cadence::{Cadence, Rhythm};
use crate::domain::people::Role;

/// The company's name.
pub(super) const NAME: &str = "Mildwinter";
/// Where its e-mail addresses end.
pub(super) const DOMAIN: &str = "mildwinter.example";

/// Aspiration, where to play, how to win, and the assumptions, one a line.
pub(super) const STRATEGY: [&str; 4] = [
    "Nobody should have to move out, freeze or go into debt for a warm home. By the end of our sixth year, ten thousand \
     homes in old houses are warm without gas, and their residents would not go back.",
    "Apartment houses from before 1960, with radiators, owned by housing co-ops of 50 to 500 flats, within two hours of \
     one of our three workshops. No new buildings, no single houses, no landlords who will not talk to their residents.",
    "We sell warmth by the month instead of machines. Our unit, the Wren, hangs in a courtyard without waking anyone; our \
     crews need days, not months, and no floor is opened; residents see what they save, and tell the house next door.",
    "Residents, not boards, start the conversation: at least every third new co-op comes through somebody who lives there.\n\
     A house can be converted in less than ten working days without anyone moving out.\n\
     At 35 dB(A) at the neighbour's window nobody complains, and the permit is a formality.\n\
     Old radiators are good enough at 50 degrees if the controls learn each flat.\n\
     A second source for inverter boards costs less than one winter without boards.",
];

/// A team; those that others are part of come first.
pub(super) struct TeamRow {
    pub key: &'static str,
    pub name: &'static str,
    pub part_of: &'static str,
    pub cadence: Cadence,
}

const fn team(
    key: &'static str,
    name: &'static str,
    part_of: &'static str,
    rhythm: Rhythm,
    weekday: Weekday,
) -> TeamRow {
    TeamRow { key, name, part_of, cadence: Cadence { rhythm, weekday } }
}

pub(super) const TEAMS: &[TeamRow] = &[
    team("company", "Company", "", Rhythm::EveryTwoWeeks, Weekday::Mon),
    team("technology", "Technology", "company", Rhythm::EveryTwoWeeks, Weekday::Mon),
    team("device", "Device", "technology", Rhythm::Weekly, Weekday::Tue),
    team("controls", "Controls", "technology", Rhythm::Weekly, Weekday::Mon),
    team("app", "Resident App", "technology", Rhythm::Weekly, Weekday::Mon),
    team("customers", "Customers", "company", Rhythm::Monthly, Weekday::Wed),
    team("coops", "Co-op Partnerships", "customers", Rhythm::Weekly, Weekday::Mon),
    team("care", "Resident Care", "customers", Rhythm::Weekly, Weekday::Fri),
    team("delivery", "Delivery", "company", Rhythm::EveryTwoWeeks, Weekday::Mon),
    team("install", "Installation", "delivery", Rhythm::Weekly, Weekday::Mon),
    team("supply", "Supply & Workshop", "delivery", Rhythm::Weekly, Weekday::Thu),
    team("finance", "People & Finance", "company", Rhythm::EveryTwoWeeks, Weekday::Tue),
];

/// A person; the key is the first part of their e-mail address.
pub(super) struct PersonRow {
    pub key: &'static str,
    pub name: &'static str,
    pub role: Role,
    pub teams: &'static [&'static str],
}

const fn member(key: &'static str, name: &'static str, teams: &'static [&'static str]) -> PersonRow {
    PersonRow { key, name, role: Role::Member, teams }
}

const fn admin(key: &'static str, name: &'static str, teams: &'static [&'static str]) -> PersonRow {
    PersonRow { role: Role::Admin, ..member(key, name, teams) }
}

const fn viewer(key: &'static str, name: &'static str) -> PersonRow {
    PersonRow { role: Role::Viewer, ..member(key, name, &[]) }
}

pub(super) const PEOPLE: &[PersonRow] = &[
    // Leads the company.
    member("ingrid", "Ingrid Solheim", &["company"]),
    // Chief of staff, and coach of all that is OKR.
    admin("noor", "Noor El Amrani", &["company"]),
    // Lead the four parts.
    member("mirela", "Mirela Popescu", &["company", "technology"]),
    member("dario", "Dario Fontanella", &["company", "customers"]),
    member("kwame", "Kwame Asante", &["company", "delivery"]),
    member("yuki", "Yuki Tanabe", &["company", "finance"]),
    admin("bo", "Bo Lindqvist", &["technology"]),
    member("salma", "Salma Rashidi", &["technology", "controls"]),
    // Device; Tomasz leads.
    member("tomasz", "Tomasz Wieczorek", &["device"]),
    member("lena", "Lena Hofbauer", &["device"]),
    member("arjun", "Arjun Deshpande", &["device"]),
    member("sofie", "Sofie Vandenberghe", &["device"]),
    member("emeka", "Emeka Okonjo", &["device", "supply"]),
    member("hanna", "Hanna Kivelä", &["device"]),
    // Controls; Priya leads.
    member("priya", "Priya Raghunathan", &["controls"]),
    member("mateus", "Mateus Carvalho", &["controls"]),
    member("jonas", "Jonas Eklund", &["controls"]),
    member("fatima", "Fatima Zahra Bennis", &["controls"]),
    member("oleh", "Oleh Kovalchuk", &["controls"]),
    member("grace", "Grace Nakamura", &["controls", "app"]),
    // Resident App; Chloé leads.
    member("chloe", "Chloé Lambert", &["app"]),
    member("tariq", "Tariq Haddad", &["app"]),
    member("nils", "Nils Bergström", &["app"]),
    member("amara", "Amara Diallo", &["app"]),
    member("petra", "Petra Novotná", &["app"]),
    member("lucia", "Lucía Ferrer", &["customers"]),
    // Co-op Partnerships; Henrik leads.
    member("henrik", "Henrik Maas", &["coops"]),
    member("zeynep", "Zeynep Aydın", &["coops"]),
    member("marta", "Marta Kowalczyk", &["coops"]),
    member("ola", "Ola Adeyemi", &["coops"]),
    member("vincent", "Vincent Roux", &["coops"]),
    // Resident Care; Beatriz leads.
    member("beatriz", "Beatriz Lopes", &["care"]),
    member("sam", "Sam O’Rourke", &["care"]),
    member("ayesha", "Ayesha Malik", &["care"]),
    member("mihail", "Mihail Georgiev", &["care"]),
    member("linh", "Linh Tran", &["care"]),
    member("greta", "Greta Schumann", &["care"]),
    member("pauline", "Pauline Mercier", &["delivery"]),
    member("isak", "Isak Haugen", &["delivery", "install"]),
    // Installation; Rosa leads.
    member("rosa", "Rosa Ibáñez", &["install"]),
    member("karim", "Karim Belkacem", &["install"]),
    member("jakub", "Jakub Dvořák", &["install"]),
    member("stine", "Stine Madsen", &["install"]),
    member("luca", "Luca Moretti", &["install"]),
    member("abdi", "Abdi Warsame", &["install"]),
    member("meike", "Meike Janssen", &["install"]),
    member("tomo", "Tomo Horvat", &["install"]),
    member("eva", "Eva Lindgren", &["install"]),
    // Supply & Workshop; Goran leads.
    member("goran", "Goran Petrović", &["supply"]),
    member("ines", "Inês Tavares", &["supply"]),
    member("wei", "Wei Zhang", &["supply"]),
    member("anouk", "Anouk de Wit", &["supply"]),
    member("samuel", "Samuel Mensah", &["supply"]),
    member("ruta", "Rūta Petrauskaitė", &["supply"]),
    // People & Finance; Claire leads the people's side.
    member("claire", "Claire Dubois", &["finance"]),
    member("farid", "Farid Rahimi", &["finance"]),
    member("elif", "Elif Korkmaz", &["finance"]),
    member("joana", "Joana Pires", &["finance"]),
    // The board, which reads.
    viewer("margit", "Margit Aalto"),
    viewer("desmond", "Desmond Clarke"),
    viewer("helene", "Hélène Aubry"),
];
