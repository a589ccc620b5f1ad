//! What keeps the lights on at Mildwinter.

/// A KPI and a reading for each of the latest weeks, the latest last.
pub(super) struct KpiRow {
    pub name: &'static str,
    pub unit: &'static str,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub owner: &'static str,
    pub team: &'static str,
    pub readings: &'static [f64],
}

pub(super) const KPIS: &[KpiRow] = &[
    KpiRow {
        name: "Homes at the temperature they asked for",
        unit: "%",
        low: Some(99.0),
        high: None,
        owner: "salma",
        team: "technology",
        readings: &[99.2, 99.3, 99.1, 99.4, 99.4, 98.7, 98.9, 99.2, 99.5, 99.4, 99.6, 99.5],
    },
    KpiRow {
        name: "Open questions from residents",
        unit: "tickets",
        low: None,
        high: Some(60.0),
        owner: "beatriz",
        team: "care",
        readings: &[48.0, 52.0, 55.0, 61.0, 74.0, 83.0, 79.0, 66.0, 58.0, 54.0, 49.0, 51.0],
    },
    KpiRow {
        name: "Hours until a cold home is warm again",
        unit: "h",
        low: None,
        high: Some(6.0),
        owner: "ayesha",
        team: "care",
        readings: &[5.2, 5.6, 4.9, 5.1, 7.4, 8.1, 6.8, 5.9, 5.4, 5.0, 4.8, 4.6],
    },
    KpiRow {
        name: "Accidents at work with time lost",
        unit: "accidents",
        low: None,
        high: Some(0.0),
        owner: "isak",
        team: "install",
        readings: &[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    },
    KpiRow {
        name: "Invoices unpaid after 30 days",
        unit: "EUR",
        low: None,
        high: Some(90_000.0),
        owner: "farid",
        team: "finance",
        readings: &[
            71_000.0, 68_500.0, 74_000.0, 80_200.0, 86_000.0, 91_400.0, 97_300.0, 103_800.0, 99_100.0, 104_600.0,
            108_200.0, 112_400.0,
        ],
    },
    KpiRow {
        name: "Inverter boards in stock",
        unit: "boards",
        low: Some(60.0),
        high: Some(240.0),
        owner: "goran",
        team: "supply",
        readings: &[148.0, 131.0, 112.0, 88.0, 64.0, 41.0, 22.0, 14.0, 9.0, 52.0, 96.0, 104.0],
    },
];
